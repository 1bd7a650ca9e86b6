/* Citing: buttons that copy, and a dialog that cites a claim or a number.

   Without this script the folds of chapter and figures show their citations and lead to files. With
   it each can be copied, each claim gets a button, and the card of a number (quantity.js) opens the
   dialog. What is copied or shown there comes from the script of the page (press.citing.shown),
   fetched when it is first asked for. Everything is written as text, never as markup. */

(function () {
  "use strict";

  var ITALICS = /\ue001([^\ue002]*)\ue002/;
  var READ = "\ue003";
  var said = null;
  var waiting = []; // what is to be done once it is there

  function today() {
    var now = new Date();
    function two(number) {
      return (number < 10 ? "0" : "") + number;
    }
    return now.getFullYear() + "-" + two(now.getMonth() + 1) + "-" + two(now.getDate());
  }

  function make(tag, words, kind) {
    var node = document.createElement(tag);
    if (words) node.textContent = words;
    if (kind) node.className = kind;
    return node;
  }

  function button(words, label, act) {
    var node = make("button", words);
    node.type = "button";
    node.setAttribute("aria-label", label);
    node.addEventListener("click", act);
    return node;
  }

  // ---- what the page's script says

  function whenRead(act) {
    if (said) return act();
    waiting.push(act);
    if (waiting.length > 1) return;
    var script = make("script");
    script.src = document.getElementById("cite").dataset.from;
    document.addEventListener("citations", function (event) {
      said = event.detail;
      waiting.forEach(function (each) {
        each();
      });
    }, { once: true });
    document.head.appendChild(script);
  }

  function number(key) {
    var told = said.numbers[key];
    if (!told) return null;
    function fill(text, form) {
      var words = told[1][form] || told[0];
      return text.split("\ue011").join(key).split("\ue012").join(words);
    }
    var forms = {};
    Object.keys(said.number.forms).forEach(function (form) {
      forms[form] = fill(said.number.forms[form], form);
    });
    return { what: fill(said.number.what, ""), id: fill(said.number.id, ""), forms: forms };
  }

  // ---- text

  // The day of reading is known once there is a reader.
  function dated(text) {
    return text.split(READ).join(today());
  }

  function write(node, text) {
    dated(text).split(/(\ue001[^\ue002]*\ue002)/).forEach(function (part) {
      var italics = ITALICS.exec(part);
      if (italics) node.appendChild(make("i", italics[1]));
      else node.appendChild(document.createTextNode(part));
    });
  }

  // ---- copying: also from a disk, where a page may not use the newer way

  function copy(text, html, from) {
    var area = make("textarea", "", "cite-area");
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
    var done = false;
    try {
      done = document.execCommand("copy");
    } catch (error) {
      done = false;
    }
    document.removeEventListener("copy", put, true);
    area.remove();
    from.focus({ preventScroll: true });
    return done;
  }

  function tell(from, done) {
    from.textContent = done ? "Copied" : "Not copied";
    status.textContent = done ? "Copied" : "It could not be copied; choose the words and copy them";
    from.closest("dialog, body").appendChild(status);
    setTimeout(function () {
      from.textContent = "Copy";
      status.textContent = "";
    }, 1600);
  }

  var status = make("div", "", "cite-status");
  status.setAttribute("role", "status");

  function copier(name, what) {
    var node = button("Copy", "Copy the citation in " + name, function () {
      what(function (text, html) {
        tell(node, copy(text, html, node));
      });
    });
    return node;
  }

  // ---- the folds that stand on the page

  function equip(fold) {
    // Fetched as the fold opens: some browsers let a page copy only at once after a click.
    fold.closest("details").addEventListener("toggle", function () {
      whenRead(function () {});
    });
    Array.prototype.forEach.call(fold.querySelectorAll(".cite-read"), function (day) {
      day.textContent = today();
    });
    Array.prototype.forEach.call(fold.querySelectorAll("dl > div"), function (row) {
      var words = row.querySelector("dd");
      var form = row.dataset.form;
      var node = copier(row.querySelector("dt").textContent, function (act) {
        if (!form) return act(words.dataset.text, words.dataset.html);
        whenRead(function () {
          act(said.parts[fold.dataset.part].forms[form], "");
        });
      });
      if (!form) {
        words.dataset.text = words.textContent;
        words.dataset.html = words.innerHTML;
      }
      words.appendChild(document.createTextNode(" "));
      words.appendChild(node);
    });
  }

  // ---- the dialog

  function row(list, name, form) {
    var part = make("div");
    if (form) part.dataset.form = form;
    part.appendChild(make("dt", name));
    var words = make("dd");
    part.appendChild(words);
    list.appendChild(part);
    return words;
  }

  function open(part, opener) {
    var dialog = make("dialog", "", "cite-dialog");
    var title = make("h2", "Cite: " + part.what);
    title.id = "cite-title";
    dialog.setAttribute("aria-labelledby", title.id);
    var close = button("Close", "Close", function () {
      dialog.close();
    });
    var head = make("div", "", "cite-head");
    head.appendChild(title);
    head.appendChild(close);
    dialog.appendChild(head);
    var forms = make("div", "", "cite-forms");
    var list = make("dl");
    var addresses = [];
    Object.keys(part.forms).forEach(function (form) {
      var text = part.forms[form];
      var end = said.files[form];
      var words = row(list, said.names[form], end && form);
      if (end) {
        var address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
        addresses.push(address);
        var link = make("a", "Download");
        link.href = address;
        link.download = part.id + end;
        words.appendChild(link);
      } else write(words, text);
      var html = end ? "" : words.innerHTML;
      var plain = end ? text : words.textContent;
      words.appendChild(document.createTextNode(" "));
      words.appendChild(copier(said.names[form], function (act) {
        act(plain, html);
      }));
    });
    forms.appendChild(list);
    if (said.ahead) forms.appendChild(make("p", said.ahead, "cite-ahead"));
    dialog.appendChild(forms);
    dialog.addEventListener("close", function () {
      addresses.forEach(function (address) {
        URL.revokeObjectURL(address);
      });
      dialog.remove();
      opener.focus();
    });
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog) dialog.close(); // on the backdrop
    });
    document.body.appendChild(dialog);
    dialog.showModal();
  }

  function claim(article) {
    var node = button("Cite", "Cite claim " + article.id, function () {
      whenRead(function () {
        open(said.parts[article.id], node);
      });
    });
    node.className = "cite-open";
    article.querySelector(".claim-verdict").appendChild(node);
  }

  function start() {
    if (!document.getElementById("cite")) return;
    Array.prototype.forEach.call(document.querySelectorAll(".cite-forms"), equip);
    Array.prototype.forEach.call(document.querySelectorAll("article.claim"), claim);
    document.addEventListener("cite", function (event) {
      whenRead(function () {
        var part = number(event.detail.number);
        if (part) open(part, event.detail.opener);
      });
    });
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
