/*
 * Everything is kept as you go: the form is posted shortly after the last change, and on leaving.
 * What is not saved yet also stands in the storage of this browser, so that it outlives a sign-out or a power cut.
 */
(() => {
  const form = document.querySelector('#letter');
  const saved = document.querySelector('#saved');
  const number = form.elements.draft_number;
  const body = form.querySelector('[data-draftail-input]');
  const AFTER_LAST_CHANGE = 1500;
  const LOOK_EVERY = 500;
  const RETRIES = [3000, 10000, 30000];
  // Not part of the text: files and new enclosures wait for their own button.
  const APART = /^(csrfmiddlewaretoken|draft_number|do|enclosure_.*|promised_.*)$/;

  const fields = () => [...new FormData(form)].filter(([name]) => !APART.test(name));
  const snapshot = () => JSON.stringify(fields());

  let known = null; // what the server has
  let seen = null; // what it was when we last looked
  let changedAt = 0;
  let failures = 0;
  let retryAt = 0;
  let running = null;
  let stopped = false; // somebody else saved: only the writer decides now
  let leaving = false;
  let savedOnce = false;

  const store = {
    read() {
      try {
        return JSON.parse(localStorage.getItem(form.dataset.keep));
      } catch {
        return null;
      }
    },
    write(values) {
      try {
        localStorage.setItem(form.dataset.keep, JSON.stringify({ at: Date.now(), values }));
      } catch {
        // A full or forbidden storage only means one net less.
      }
    },
    clear() {
      try {
        localStorage.removeItem(form.dataset.keep);
      } catch {
        // See above.
      }
    },
  };

  const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1];
  const say = (words) => {
    if (saved.textContent !== words) saved.textContent = words;
  };

  const showProblems = (problems) => {
    const box = document.querySelector('#problems');
    const rows = problems.map((problem) => {
      const row = document.createElement('li');
      row.textContent = problem;
      return row;
    });
    box.querySelector('ul').replaceChildren(...rows);
    box.hidden = !rows.length;
  };

  const showOvertaken = ({ overtaken, theirs }) => {
    stopped = true;
    const box = document.querySelector('#overtaken');
    box.querySelector('[data-words]').textContent = overtaken;
    box.querySelector('[data-theirs]').textContent = theirs;
    box.hidden = false;
    box.scrollIntoView({ block: 'nearest' });
  };

  const post = (values, what, options = {}) => {
    const data = new FormData();
    values.forEach(([name, value]) => data.append(name, value));
    data.append('draft_number', number.value);
    data.append('do', what);
    // The cookie, not the hidden field: signing in again in another tab changes the token.
    const headers = { 'X-Requested-With': 'XMLHttpRequest', Accept: 'application/json' };
    headers['X-CSRFToken'] = cookie('csrftoken') || form.elements.csrfmiddlewaretoken.value;
    return fetch(window.location.pathname, { method: 'POST', body: data, headers, ...options });
  };

  /* What the server made of it: "saved", "refused", "overtaken" or "failed". */
  const take = async (answer, sent) => {
    if (answer.status === 409) {
      showOvertaken(await answer.json());
      return 'overtaken';
    }
    if (answer.status === 403) {
      showProblems([form.dataset.signedOut]);
      throw new Error('signed out');
    }
    if (answer.status !== 200 && answer.status !== 422) throw new Error(answer.statusText);
    const said = await answer.json();
    showProblems(said.problems);
    known = sent;
    if (answer.status === 422) return 'refused';
    number.value = said.draft_number;
    savedOnce = true;
    if (said.problems.length) say('');
    else {
      say(said.saved);
      store.clear();
    }
    document.dispatchEvent(new CustomEvent('letter:saved'));
    return said.problems.length ? 'refused' : 'saved';
  };

  const save = (what = 'autosave') => {
    if (running) return running.then(() => save(what));
    const values = fields();
    const sent = JSON.stringify(values);
    if (stopped) return Promise.resolve('overtaken');
    if (sent === known && what === 'autosave') return Promise.resolve('saved');
    running = post(values, what)
      .then((answer) => take(answer, sent))
      .then((outcome) => {
        failures = 0;
        return outcome;
      })
      .catch(() => {
        retryAt = Date.now() + RETRIES[Math.min(failures, RETRIES.length - 1)];
        failures += 1;
        say(form.dataset.late);
        return 'failed';
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  const look = () => {
    const now = snapshot();
    if (now !== seen) {
      seen = now;
      changedAt = Date.now();
      if (now !== known) store.write(fields());
    }
    const quiet = Date.now() - changedAt >= AFTER_LAST_CHANGE;
    if (now !== known && quiet && !running && !stopped && !leaving && Date.now() >= retryAt) save();
  };

  /* The editor hands over what was typed a moment later; this asks for it now. */
  const settle = () => body.draftailEditor?.saveState();

  const isChanged = () => {
    settle();
    return snapshot() !== known;
  };

  /* Two texts are the same whatever names the editor gave their paragraphs. */
  const withoutKeys = (values) =>
    JSON.stringify(values.map(([name, value]) => [name, name === body.name ? value.replace(/"key":"\w+"/g, '') : value]));

  const offerRestore = () => {
    const kept = store.read();
    if (!kept || withoutKeys(kept.values) === withoutKeys(fields())) {
      store.clear();
      return;
    }
    const box = document.querySelector('#restore');
    box.querySelector('[data-when]').textContent = new Date(kept.at).toLocaleString(document.documentElement.lang, {
      dateStyle: 'long',
      timeStyle: 'short',
    });
    box.hidden = false;
    box.addEventListener('click', async (event) => {
      const wish = event.target.dataset.do;
      if (!wish) return;
      if (wish === 'forget') {
        store.clear();
        box.hidden = true;
        return;
      }
      const answer = await post(kept.values, 'autosave').catch(() => null);
      if (!answer?.ok && answer?.status !== 409) {
        say(form.dataset.late);
        return;
      }
      if (answer.ok) store.clear();
      // Overtaken: perhaps by this very text, sent while the page was left. Then it is there after loading again.
      leaving = true;
      window.location.reload();
    });
  };

  form.addEventListener('submit', async (event) => {
    const button = event.submitter;
    settle();
    if (['keep_mine', 'take_theirs'].includes(button?.value)) {
      store.clear();
      leaving = true;
    }
    if (leaving) return;
    event.preventDefault();
    const outcome = await save();
    if (outcome === 'failed' || outcome === 'overtaken') return;
    leaving = true;
    // Not at once: a form refuses to be submitted while it still tells that it is being submitted.
    window.setTimeout(() => form.requestSubmit(button));
  });

  /* Going elsewhere in this window: first save and keep a version. */
  document.addEventListener('click', async (event) => {
    const link = event.target.closest?.('a[href]');
    const plain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    if (!link || !plain || event.defaultPrevented || link.target || link.pathname === window.location.pathname) return;
    if (link.origin !== window.location.origin || stopped || !(isChanged() || savedOnce)) return;
    event.preventDefault();
    await save('leave');
    leaving = true;
    window.location.assign(link.href);
  });

  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && known !== null && !stopped && !leaving && isChanged()) save();
  });

  window.addEventListener('pagehide', () => {
    if (known === null || leaving || stopped || !isChanged()) return;
    store.write(fields());
    post(fields(), 'leave', { keepalive: true }).catch(() => {});
  });

  window.addEventListener('online', () => {
    retryAt = 0;
  });

  /* Reading the text into the editor may rewrite it a little; that is no change of the writer's. */
  const begin = () => {
    settle();
    known = snapshot();
    seen = known;
    stopped = !document.querySelector('#overtaken').hidden;
    if (!stopped) offerRestore();
    window.setInterval(look, LOOK_EVERY);
    document.dispatchEvent(new CustomEvent('letter:ready'));
  };
  const waitForEditor = () => (body.draftailEditor ? begin() : window.setTimeout(waitForEditor, 100));
  waitForEditor();
})();
