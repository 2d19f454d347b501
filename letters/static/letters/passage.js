// Picking words out of a message: what is selected in the text goes along with the links below it.
(() => {
  const LONGEST = 1500;

  function choose(source) {
    const text = source.querySelector("[data-passage-text]");
    const selection = document.getSelection();
    const inside =
      selection.rangeCount && text.contains(selection.anchorNode) && text.contains(selection.focusNode);
    const quote = inside ? selection.toString().replace(/\s+/g, " ").trim().slice(0, LONGEST) : "";
    // A press on a link takes the selection away first: what was chosen stays until something else is.
    if (!quote) return;
    for (const link of source.querySelectorAll("[data-passage-link]")) {
      const url = new URL(link.href);
      url.searchParams.set("quote", quote);
      link.href = url;
    }
    source.querySelector(".sb-passage").classList.add("sb-chosen-words");
  }

  document.addEventListener("DOMContentLoaded", () => {
    const sources = [...document.querySelectorAll("[data-passage]")].filter((source) =>
      source.querySelector("[data-passage-link]"),
    );
    for (const source of sources) {
      for (const help of source.querySelectorAll("[data-passage-help]")) help.hidden = false;
    }
    document.addEventListener("selectionchange", () => sources.forEach(choose));
  });
})();
