// Keeps the bar of a comparison with Mailchimp moving; the page works without it.
(() => {
  const box = document.getElementById("progress");
  if (!box) return;
  const bar = box.querySelector("progress");
  const words = document.getElementById("progress-words");
  const look = async () => {
    try {
      const answer = await fetch(box.dataset.url, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const state = await answer.json();
        if (state.done) {
          window.location.reload();
          return;
        }
        bar.value = state.percentage;
        if (words.textContent.trim() !== state.words) words.textContent = state.words;
      }
    } catch {
      // The connection is away for a moment; the next look tells.
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 1000);
})();
