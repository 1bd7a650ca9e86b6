/* Citing: buttons that copy, and a dialog that cites a number, or what else is named.

   Without this script the folds of chapter and figures show their citations and lead to files. With
   it each can be copied, what is named on the page (data-cite) gets a button, and the card of a number (popover.js) opens the
   dialog. What is copied or shown there comes from the script of the page (press.citing.citation_box),
   fetched when it is first asked for. Everything is written as text, never as markup. */

(function () {
  "use strict";

  const say = (words, given) => ((window.bookWords || {})[words] || words).replace(/\{(\w+)\}/g, (_, name) => given[name]);
  const ITALICS = /\ue001([^\ue002]*)\ue002/;
  const READ = "\ue003"; // the day of reading, known once there is a reader
  let said = null; // a promise of what the page's script says

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function make(tag, words, kind) {
    const node = document.createElement(tag);
    if (words) node.textContent = words;
    if (kind) node.className = kind;
    return node;
  }

  function button(words, label, act) {
    const node = make("button", words);
    node.type = "button";
    node.setAttribute("aria-label", label);
    node.addEventListener("click", act);
    return node;
  }

  /* Act on what the page's script says: at once if it is there, as a click that copies must. */
  function whenRead(act) {
    if (said && said.told) return act(said.told);
    if (!said) {
      const script = make("script");
      script.src = document.getElementById("cite").dataset.from;
      said = new Promise((resolve) => {
        document.addEventListener("citations", (event) => resolve(event.detail), { once: true });
      });
      said.then((told) => { said.told = told; });
      document.head.appendChild(script);
    }
    said.then(act);
  }

  function number(told, key) {
    const [words, forms] = told.numbers[key] || [];
    if (!words) return null;
    const fill = (text, form) => text.split("\ue011").join(key).split("\ue012").join(forms[form] || words);
    const made = Object.entries(told.number.forms).map(([form, text]) => [form, fill(text, form)]);
    return { what: fill(told.number.what, ""), id: fill(told.number.id, ""), forms: Object.fromEntries(made) };
  }

  function write(node, text) {
    text.split(READ).join(today()).split(/(\ue001[^\ue002]*\ue002)/).forEach((part) => {
      const italics = ITALICS.exec(part);
      node.append(italics ? make("i", italics[1]) : part);
    });
  }

  // ---- copying: also from a disk, where a page may not use the newer way

  function copy(text, html, from) {
    const area = make("textarea", "", "cite-area");
    area.value = text;
    area.setAttribute("aria-hidden", "true");
    area.tabIndex = -1;
    from.parentNode.appendChild(area); // inside the dialog, outside of which nothing can be chosen
    area.select();
    function put(event) {
      event.clipboardData.setData("text/plain", text);
      if (html) event.clipboardData.setData("text/html", html);
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    document.addEventListener("copy", put, true);
    let done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) { /* not allowed */ }
    document.removeEventListener("copy", put, true);
    area.remove();
    from.focus({ preventScroll: true });
    return done;
  }

  const status = make("div", "", "cite-status");
  status.setAttribute("role", "status");

  function copier(name, what) {
    const node = button(say("Copy"), say("Copy the citation in {name}", { name }), () => what((text, html) => {
      const done = copy(text, html, node);
      node.textContent = say(done ? "Copied" : "Not copied");
      status.textContent = say(done ? "Copied" : "It could not be copied; choose the words and copy them");
      node.closest("dialog, body").appendChild(status);
      setTimeout(() => {
        node.textContent = say("Copy");
        status.textContent = "";
      }, 1600);
    }));
    return node;
  }

  // ---- the address, of a book whose settings name none: where it is read

  function located(text) {
    const link = document.querySelector('link[rel="canonical"]');
    const here = link ? link.href : location.href.replace(/[?#].*$/, "");
    return /https?:\/\//.test(text) || !/^https?:/.test(here) ? "" : ` ${here}`;
  }

  // ---- the folds that stand on the page

  function equip(fold) {
    // Fetched as the fold opens: some browsers let a page copy only at once after a click.
    fold.closest("details").addEventListener("toggle", () => whenRead(() => {}));
    fold.querySelectorAll(".cite-read").forEach((day) => { day.textContent = today(); });
    fold.querySelectorAll("dl > div").forEach((row) => {
      const words = row.querySelector("dd"), form = row.dataset.form;
      if (!form) words.append(located(words.textContent));
      const { textContent: text, innerHTML: html } = words;
      words.append(" ", copier(row.querySelector("dt").textContent, (act) => {
        if (!form) act(text, html);
        else whenRead((told) => act(told.parts[fold.dataset.part].forms[form], ""));
      }));
    });
  }

  // ---- the dialog

  function row(told, part, form, addresses) {
    const div = make("div"), words = make("dd"), text = part.forms[form], end = told.files[form];
    if (end) {
      div.dataset.form = form;
      const link = make("a", say("Download"));
      link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
      addresses.push(link.href);
      link.download = part.id + end;
      words.appendChild(link);
    } else write(words, text + located(text));
    const html = end ? "" : words.innerHTML, plain = end ? text : words.textContent;
    words.append(" ", copier(told.names[form], (act) => act(plain, html)));
    div.append(make("dt", told.names[form]), words);
    return div;
  }

  function open(told, part, opener) {
    const dialog = make("dialog", "", "cite-dialog");
    const title = make("h2", say("Cite: {what}", { what: part.what }));
    title.id = "cite-title";
    dialog.setAttribute("aria-labelledby", title.id);
    const head = make("div", "", "cite-head"), forms = make("div", "", "cite-forms"), list = make("dl");
    head.append(title, button(say("Close"), say("Close"), () => dialog.close()));
    const addresses = [];
    list.append(...Object.keys(part.forms).map((form) => row(told, part, form, addresses)));
    forms.append(list);
    if (told.ahead) forms.append(make("p", told.ahead, "cite-ahead"));
    dialog.append(head, forms);
    dialog.addEventListener("close", () => {
      addresses.forEach((address) => URL.revokeObjectURL(address));
      dialog.remove();
      opener.focus();
    });
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close(); // on the backdrop
    });
    document.body.appendChild(dialog);
    dialog.showModal();
  }

  function named(line) {
    const key = line.closest("[id]").id;
    const node = button(say("Cite"), say("Cite {what}", { what: line.dataset.cite }), () => {
      whenRead((told) => open(told, told.parts[key], node));
    });
    node.className = "cite-open";
    line.appendChild(node);
  }

  function start() {
    if (!document.getElementById("cite")) return;
    document.querySelectorAll(".cite-forms").forEach(equip);
    document.querySelectorAll("[data-cite]").forEach(named);
    document.querySelectorAll('a[href="#cite"]').forEach((link) => link.addEventListener("click", () => {
      document.getElementById("cite").open = true;
    }));
    document.addEventListener("cite", (event) => whenRead((told) => {
      const part = number(told, event.detail.number);
      if (part) open(told, part, event.detail.opener);
    }));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
