/* Starts the choosers on a page from their attributes. */
document.addEventListener('DOMContentLoaded', () => {
  document.querySelectorAll('[data-chooser]').forEach((place) => {
    const Chooser = window[place.dataset.chooser];
    place.chooser = new Chooser(place.dataset.chooserFor, JSON.parse(place.dataset.chooserOptions));
  });
});
