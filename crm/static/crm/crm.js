// Helpers for forms; without scripts everything works as well.

// A form that is on its way is not sent again by a second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
});

// Coming back with the browser's own button finds the form ready again.
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-once]").forEach((form) => delete form.dataset.sent);
});

// A file that will be refused is refused at once, not after minutes of uploading.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (!field.matches("input[type=file][data-limit-mb]")) return;
  const limit = Number(field.dataset.limitMb) * 1024 * 1024;
  const isTooLarge = [...field.files].some((file) => file.size > limit);
  field.setCustomValidity(isTooLarge ? field.dataset.tooLarge : "");
  field.reportValidity();
});

// Also where the form leaves checking to the server.
document.addEventListener("submit", (event) => {
  const files = [...event.target.querySelectorAll("input[type=file][data-limit-mb]")];
  if (files.every((field) => !field.validity.customError || field.reportValidity())) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);

// Suggestions under a field for a name.
const waiting = new WeakMap();

async function suggest(field) {
  const address = new URL(field.dataset.suggest, window.location.href);
  address.search = new URLSearchParams({ q: field.value, soort: field.dataset.suggestWhat });
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) return;
  const names = await answer.json();
  let list = document.getElementById(`${field.id}-list`);
  if (!list) {
    list = document.createElement("datalist");
    list.id = `${field.id}-list`;
    field.after(list);
    field.setAttribute("list", list.id);
  }
  list.replaceChildren(
    ...names.map(({ title, subtitle }) => {
      const option = document.createElement("option");
      option.value = title;
      option.label = subtitle ? `${title} (${subtitle})` : title;
      return option;
    }),
  );
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.matches || !field.matches("[data-suggest]")) return;
  clearTimeout(waiting.get(field));
  if (field.value.trim().length > 1) waiting.set(field, setTimeout(() => suggest(field), 200));
});

// Some out of many: searching hides what does not fit, and what was chosen stands below the list.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

document.querySelectorAll("[data-pick]").forEach((pick) => {
  const part = (name) => pick.querySelector(`[data-pick-${name}]`);
  const rows = [...pick.querySelectorAll(".sb-check")].map((label) => ({
    label,
    box: label.querySelector("input"),
    name: label.textContent.trim(),
    key: plain(label.textContent),
  }));

  const search = () => {
    const words = plain(part("search").value).split(/\s+/).filter(Boolean);
    rows.forEach((row) => {
      row.label.hidden = !words.every((word) => row.key.includes(word));
    });
    const found = rows.filter((row) => !row.label.hidden).length;
    part("found").querySelector("[data-number]").textContent = found;
    part("found").hidden = !words.length || !found;
    part("nothing").hidden = found > 0;
  };

  const count = () => {
    const chosen = rows.filter((row) => row.box.checked);
    part("count").querySelector("[data-number]").textContent = chosen.length;
    part("chosen").replaceChildren(
      ...chosen.map(({ name }) => {
        const line = document.createElement("li");
        line.textContent = name;
        return line;
      }),
    );
  };

  part("search").addEventListener("input", search);
  part("search").addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  pick.addEventListener("change", count);
  // A browser that comes back to a page checks the boxes again by itself.
  window.addEventListener("pageshow", count);
  count();
  pick.querySelectorAll("[data-pick-tools]").forEach((tools) => {
    tools.hidden = false;
  });
});
