// Comfort for the staff corner. Everything here works without it too: forms are sent as they are,
// and the page of an import has a link to look again.

import { announce } from "./site.js";

// Errors are what one has to see first.
function showFaults(root) {
  root.querySelector("#faults")?.focus();
}

function readableSize(bytes) {
  const units = ["B", "kB", "MB", "GB"];
  let unit = 0;
  while (bytes >= 1000 && unit < units.length - 1) {
    bytes /= 1000;
    unit += 1;
  }
  return (unit === 0 ? bytes : bytes.toFixed(1)) + " " + units[unit];
}

// The form for a file: drop zone, size, progress, stopping.
function setUpUpload(form) {
  const input = form.querySelector('input[type="file"]');
  const zone = form.querySelector("[data-drop]");
  const chosen = form.querySelector("[data-chosen-file]");
  const signedOut = form.querySelector("[data-signed-out]");
  const panel = form.querySelector("[data-progress]");
  const words = form.querySelector("[data-progress-words]");
  const bar = form.querySelector("progress");
  const send = form.querySelector('button[type="submit"]');
  let request = null;

  const isTooLarge = (file) => file.size > Number(form.dataset.maxBytes);
  const showChosen = () => {
    const file = input.files[0];
    chosen.textContent = "";
    if (!file) return;
    chosen.textContent = isTooLarge(file)
      ? form.dataset.tooLarge + " (" + readableSize(file.size) + ")"
      : form.dataset.chosen.replace("{name}", () => file.name).replace("{size}", readableSize(file.size));
    chosen.classList.toggle("wrong", isTooLarge(file));
  };
  input.addEventListener("change", showChosen);
  showChosen(); // browsers keep the choice when one comes back to the page

  for (const type of ["dragover", "dragleave", "drop"]) {
    zone.addEventListener(type, (event) => {
      event.preventDefault();
      zone.classList.toggle("over", type === "dragover");
      if (type === "drop" && !request && event.dataTransfer.files.length > 0) {
        const files = event.dataTransfer.files;
        const first = new DataTransfer();
        first.items.add(files[0]);
        input.files = first.files;
        showChosen();
        if (files.length > 1) chosen.textContent = form.dataset.one + " " + chosen.textContent;
      }
    });
  }

  const stop = (text) => {
    request = null;
    panel.hidden = true;
    send.disabled = false;
    if (!text) return;
    chosen.textContent = text;
    send.focus();
  };
  const say = (text) => {
    words.textContent = text;
    announce(text);
  };

  // A large file is on its way for minutes: whether it will be taken is known before. Takes over the
  // mark of the session, which may be newer than this page.
  const isSignedIn = async () => {
    try {
      const reply = await fetch(form.dataset.self, { headers: { Accept: "text/html" } });
      const fresh = new DOMParser().parseFromString(await reply.text(), "text/html").querySelector("form#upload");
      if (fresh) form.elements.form_token.value = fresh.elements.form_token.value;
      return fresh !== null;
    } catch {
      return true; // no connection: sending says so
    }
  };

  const sendFile = () => {
    request = new XMLHttpRequest();
    request.upload.addEventListener("progress", (sent) => {
      if (!sent.lengthComputable) return;
      const percent = Math.floor((sent.loaded * 100) / sent.total);
      bar.value = percent;
      words.textContent = form.dataset.sending + " " + percent + "% (" + readableSize(sent.loaded) +
        " / " + readableSize(sent.total) + ")";
    });
    request.upload.addEventListener("load", () => say(form.dataset.checking));
    request.addEventListener("load", () => showAnswer(request, () => stop(form.dataset.failed)));
    request.addEventListener("error", () => stop(form.dataset.failed));
    request.addEventListener("abort", () => stop(form.dataset.cancelled));
    request.open("POST", form.action);
    bar.value = 0;
    panel.hidden = false;
    say(form.dataset.sending);
    request.send(new FormData(form));
  };

  form.querySelector("[data-stop]").addEventListener("click", () => request?.abort());
  form.addEventListener("submit", async (event) => {
    const file = input.files[0];
    if (!file) return; // the server says what is missing
    event.preventDefault();
    if (request || send.disabled) return;
    if (isTooLarge(file)) {
      showChosen();
      input.focus();
      return;
    }
    send.disabled = true;
    signedOut.hidden = await isSignedIn();
    if (signedOut.hidden) {
      sendFile();
    } else {
      send.disabled = false;
      signedOut.focus();
    }
  });
}

// What the form would have led to: the page of the import, or the form again with what is wrong.
function showAnswer(request, fail) {
  const answer = new DOMParser().parseFromString(request.responseText, "text/html");
  const main = answer.querySelector("main");
  if (!main) {
    fail();
    return;
  }
  if (request.status === 200) {
    location.assign(request.responseURL);
    return;
  }
  document.title = answer.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  setUp(document);
}

// The page of an import that is under way looks after itself: soon at first, then ever more slowly.
function setUpPolling(part) {
  let delay = 700;
  const look = async () => {
    if (document.hidden) {
      document.addEventListener("visibilitychange", look, { once: true });
      return;
    }
    try {
      const reply = await fetch(part.dataset.poll, { headers: { Accept: "text/html" } });
      const answer = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = answer.getElementById("job");
      if (reply.ok && !fresh) {
        location.reload(); // the session is over: its page says so
        return;
      }
      if (fresh && !fresh.dataset.poll) {
        part.replaceWith(document.adoptNode(fresh));
        announce(fresh.querySelector("[data-announce]")?.textContent ?? "");
        return;
      }
      const words = fresh?.querySelector("[data-announce]");
      if (words) part.querySelector("[data-announce]").textContent = words.textContent;
    } catch {
      // No connection just now: the next look may have one.
    }
    delay = Math.min(delay * 1.4, 10000);
    setTimeout(look, delay);
  };
  setTimeout(look, delay);
}

function setUp(root) {
  const upload = root.querySelector("form#upload");
  if (upload) setUpUpload(upload);
  const job = root.querySelector("#job[data-poll]");
  if (job) setUpPolling(job);
  showFaults(root);
}

setUp(document);
