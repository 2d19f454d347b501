/* Around the text: rows of signatories, and finding the spot that a link from the last look points to. */
(() => {
  const form = document.querySelector('#letter');
  const signatories = document.querySelector('#signatories');

  form.querySelectorAll('[data-do="remove-signatory"], [data-do="add-signatory"]').forEach((button) => {
    button.hidden = false;
  });
  const empty = (row) =>
    row.querySelectorAll('input').forEach((input) => {
      input.value = '';
    });

  form.addEventListener('click', (event) => {
    const wish = event.target.closest('button')?.dataset.do;
    if (wish === 'add-signatory') {
      const row = signatories.lastElementChild.cloneNode(true);
      empty(row);
      signatories.append(row);
      row.querySelector('input').focus();
    }
    if (wish === 'remove-signatory') {
      const row = event.target.closest('.sb-signatory');
      const next = row.nextElementSibling || row.previousElementSibling;
      // The last row stays, empty: something must be left to write in.
      if (next) row.remove();
      else empty(row);
      (next || row).querySelector('input').focus();
    }
  });

  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target.matches('input, #id_subject')) event.preventDefault();
  });

  /* Paragraph N as a reader counts: paragraphs and whole lists, no headings, lines or empty ones. */
  const paragraph = (number) => {
    const blocks = [...form.querySelectorAll('.public-DraftEditor-content > div > *')];
    const counting = blocks.filter((block) => block.matches('div, ul, ol') && block.textContent.trim());
    return counting[number - 1];
  };

  const goToSpot = () => {
    const spot = window.location.hash.slice(1);
    const place = /^paragraph-\d+$/.test(spot)
      ? paragraph(Number(spot.replace('paragraph-', '')))
      : document.getElementById(spot);
    if (!place || !form.contains(place)) return;
    const folded = place.closest('details');
    if (folded) folded.open = true;
    place.scrollIntoView({ block: 'center' });
    place.querySelector('textarea, input:not([type="hidden"]), select')?.focus({ preventScroll: true });
    place.animate?.([{ backgroundColor: '#fde68a' }, { backgroundColor: 'transparent' }], { duration: 3000 });
  };
  document.addEventListener('letter:ready', goToSpot);
  window.addEventListener('hashchange', goToSpot);
})();
