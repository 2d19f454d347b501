/*
 * What is written back is kept as you go: the draft is posted shortly after the last change, and on leaving.
 * What is not kept yet also stands in the storage of this browser, so that it outlives a sign-out or a power cut.
 */
(() => {
  const form = document.querySelector("#reply");
  const saved = document.querySelector("#reply-saved");
  const signedOut = document.querySelector("#reply-signed-out");
  const both = document.querySelector("#reply-both");
  const box = document.querySelector("#restore");
  const AFTER_LAST_CHANGE = 1500;
  const AGAIN = 10000;
  const NAMES = ["address", "subject", "text"];

  const typed = () => JSON.stringify([...NAMES.map((name) => form.elements[name].value), form.elements.expects_answer.checked]);
  const filed = (name) => {
    const data = new FormData(form);
    data.delete("file");
    data.set("do", name);
    return data;
  };

  // A full or forbidden storage only means one net less.
  const store = {
    read() {
      try {
        return JSON.parse(localStorage.getItem(form.dataset.keep));
      } catch {
        return null;
      }
    },
    write() {
      try {
        const values = Object.fromEntries(NAMES.map((name) => [name, form.elements[name].value]));
        localStorage.setItem(form.dataset.keep, JSON.stringify({ at: Date.now(), values }));
      } catch {
        return;
      }
    },
    clear() {
      try {
        localStorage.removeItem(form.dataset.keep);
      } catch {
        return;
      }
    },
  };

  let known = typed();
  let timer = 0;
  let running = null;
  let leaving = false;
  // Somebody else wrote on: only the writer decides now, with a button.
  let stopped = "overtaken" in form.dataset;

  const save = async () => {
    const sent = typed();
    if (stopped || sent === known) return;
    const answer = await fetch(window.location.pathname, { method: "POST", body: filed("autosave"), keepalive: true });
    signedOut.hidden = !answer.redirected;
    const said = await answer.json();
    if (!answer.ok) {
      stopped = true;
      saved.textContent = said.problem;
      both.hidden = false;
      return;
    }
    form.elements.seen.value = said.seen;
    saved.textContent = said.saved;
    known = sent;
    if (typed() === sent) store.clear();
    else plan(AFTER_LAST_CHANGE);
  };
  const run = () => {
    running ??= save()
      .catch(() => {
        saved.textContent = form.dataset.late;
        plan(AGAIN);
      })
      .finally(() => {
        running = null;
      });
    return running;
  };
  const plan = (after) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(run, after);
  };

  form.addEventListener("input", () => {
    if (typed() === known) return;
    store.write();
    plan(AFTER_LAST_CHANGE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") run();
  });

  /* First what was typed is kept, so that nothing is left in this browser when the button did its work. */
  form.addEventListener("submit", (event) => {
    window.clearTimeout(timer);
    if (leaving || (!running && typed() === known)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    run().then(() => {
      leaving = true;
      form.requestSubmit(button);
    });
  });

  const kept = store.read();
  if (kept && NAMES.some((name) => kept.values[name] !== form.elements[name].value)) {
    box.querySelector("[data-when]").textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
      dateStyle: "long",
      timeStyle: "short",
    });
    box.hidden = false;
    box.addEventListener("click", (event) => {
      const wish = event.target.dataset.do;
      if (!wish) return;
      box.hidden = true;
      if (wish === "forget") {
        store.clear();
        return;
      }
      for (const name of NAMES) form.elements[name].value = kept.values[name];
      plan(0);
    });
  } else store.clear();
})();
