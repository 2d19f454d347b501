/*
 * What is typed in a form with an empty data-keep stands in the storage of this browser until it is sent and accepted,
 * so that it outlives leaving the page, a sign-out or a power cut. (A data-keep with a name keeps its own.)
 */
(() => {
  const FORMS = 'form[data-keep=""]';
  const SENT = "spreekbuis:sent";
  const NEVER = ["hidden", "file", "password", "submit", "button", "reset", "image"];

  // A full or forbidden storage only means one net less; even asking for it can be refused.
  const attempt = (does) => {
    try {
      return does();
    } catch {
      return null;
    }
  };
  const read = (key) => attempt(() => JSON.parse(localStorage.getItem(key)));
  const remove = (key) => attempt(() => localStorage.removeItem(key));
  const write = (key, entry) => attempt(() => localStorage.setItem(key, JSON.stringify(entry)));

  const isBox = (field) => ["checkbox", "radio"].includes(field.type);
  const fieldsOf = (form) =>
    [...form.elements].filter(
      (field) => field.name && field.matches("input, textarea, select") && !NEVER.includes(field.type),
    );
  const nameOf = (field) => (isBox(field) ? `${field.name}=${field.value}` : field.name);

  const now = (field) => {
    if (isBox(field)) return field.checked;
    if (field.matches("select")) return [...field.selectedOptions].map((option) => option.value);
    return field.value;
  };
  // What the page came with: a browser that comes back to a page may have filled in the fields again by itself.
  const before = (field) => {
    if (isBox(field)) return field.defaultChecked;
    if (!field.matches("select")) return field.defaultValue;
    const options = [...field.options];
    const chosen = options.filter((option) => option.defaultSelected);
    return (chosen.length || field.multiple ? chosen : options.slice(0, 1)).map((option) => option.value);
  };
  const values = (form, of) => Object.fromEntries(fieldsOf(form).map((field) => [nameOf(field), of(field)]));
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  // By where it is sent to: a form that was refused may stand at another address than where it was opened. And by who
  // is signed in: on a shared computer nobody finds the words of another. A form at one address for many things says in
  // data-keep-for which one it is about.
  const keyOf = (form) => {
    const { pathname, search } = new URL(form.getAttribute("action") || "", window.location.href);
    const who = form.querySelector("[data-kept]")?.dataset.kept ?? "";
    const about = form.dataset.keepFor ?? "";
    return `spreekbuis:form:${who}:${pathname}${search}#${form.getAttribute("id")}${about}`;
  };

  // Lists that count, and the like, hear of it as if she had done it herself. What is folded away comes into view.
  const put = (field, value) => {
    if (same(now(field), value)) return;
    if (isBox(field)) field.checked = value;
    else if (field.matches("select")) {
      for (const option of field.options) option.selected = value.includes(option.value);
    } else field.value = value;
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // What was sent from this tab just now. A redirect without a word of refusal says that it was accepted, also when
  // the next page shows the same form again, empty, for one more. A redirect to the sign-in page says nothing.
  const sent = attempt(() => {
    const key = sessionStorage.getItem(SENT);
    sessionStorage.removeItem(SENT);
    return key;
  });
  const [arrival] = performance.getEntriesByType("navigation");
  const isLed = arrival?.redirectCount > 0;
  const isRefused = document.body.matches(".login") || document.querySelector(".messages .error");
  if (sent && isLed && !isRefused) remove(sent);

  document.querySelectorAll(FORMS).forEach((form) => {
    const key = keyOf(form);
    const notice = form.querySelector("[data-kept]");
    const kept = read(key);
    let start = values(form, before);

    const keep = () => {
      const typed = values(form, now);
      if (same(typed, start)) remove(key);
      else write(key, { start, typed });
    };

    if (kept && !same(kept.start, start) && (sent === key || same(kept.typed, start))) {
      // It came back to be mended, with what she typed in it: that is still text over what the page first came with.
      start = kept.start;
    } else if (kept) {
      // What somebody else changed meanwhile stays as it is; all else that she typed comes back.
      const hers = fieldsOf(form).filter((field) => {
        const name = nameOf(field);
        const typed = name in kept.typed && !same(kept.typed[name], kept.start[name]);
        return typed && same(kept.start[name], start[name]);
      });
      for (const field of hers) put(field, kept.typed[nameOf(field)]);
      if (notice) notice.hidden = !hers.length;
      keep();
    }

    form.addEventListener("input", keep);
    form.addEventListener("change", keep);

    notice?.querySelector("button").addEventListener("click", () => {
      for (const field of fieldsOf(form)) put(field, before(field));
      remove(key);
      notice.hidden = true;
      // The button is gone: whoever works by keyboard goes on in the form.
      fieldsOf(form)[0]?.focus();
    });
  });

  // Not when another helper held it back.
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches(FORMS)) return;
    attempt(() => sessionStorage.setItem(SENT, keyOf(event.target)));
  });
})();
