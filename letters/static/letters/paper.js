// A field for the next page once a photo was taken; without scripts a page at a time is filed, or a PDF of them all.
document.querySelectorAll("input[data-more-pages]").forEach((first) => {
  const words = first.closest("[data-pages]").dataset.pages;
  let last = first;
  document.addEventListener("change", (event) => {
    if (event.target !== last || !last.files.length) return;
    const next = first.cloneNode();
    next.value = "";
    next.removeAttribute("id");
    next.setAttribute("aria-label", words);
    last.after(next);
    last = next;
  });
});
