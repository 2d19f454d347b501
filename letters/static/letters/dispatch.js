// Keeps the bar of a sending moving; the page works without it.
(() => {
  const box = document.getElementById("progress");
  if (!box || box.dataset.done === "1") return;
  const bar = box.querySelector("progress");
  const words = document.getElementById("progress-words");
  const problem = document.getElementById("progress-problem");
  const tell = (text) => {
    if (problem.textContent.trim() === text) return;
    problem.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.className = "sb-warning";
    line.textContent = text;
    problem.append(line);
  };
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const state = await answer.json();
        bar.value = state.percentage;
        if (words.textContent.trim() !== state.words) words.textContent = state.words;
        tell(state.problem);
        if (state.done) {
          window.location.reload();
          return;
        }
      }
    } catch {
      // The connection is away for a moment; the next look tells.
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
})();
