"use strict";
(() => {
  const element = (id) => document.getElementById(id);
  const form = element("form"), status = element("status"), error = element("error");
  const password = element("password"), again = element("again"), show = element("show"), submit = element("submit");

  let secret = "";
  const take = () => {
    if (location.hash.length < 2) return;
    secret = location.hash.slice(1);
    // the secret stays neither in the address bar nor in the history
    history.replaceState(null, "", location.pathname);
    error.textContent = "";
    status.textContent = "";
    form.hidden = false;
    password.focus();
  };

  const refuse = (text, field) => {
    error.textContent = text;
    for (const input of [password, again]) input.setAttribute("aria-invalid", String(input === field));
    if (field) field.focus();
  };

  const end = () => {
    secret = "";
    form.reset();
    form.hidden = true;
  };

  show.addEventListener("change", () => {
    for (const input of [password, again]) input.type = show.checked ? "text" : "password";
  });

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (password.value === "") return refuse("Please type a password.", password);
    if (password.value !== again.value) return refuse("The two passwords differ.", again);
    refuse("", null);
    status.textContent = "Setting your password…";
    submit.disabled = true;
    try {
      const response = await fetch(location.pathname, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ secret, password: password.value }),
        credentials: "omit",
        cache: "no-store",
      });
      const answer = await response.json();
      status.textContent = "";
      if (response.ok) {
        end();
        status.textContent = `Your password is set. You can now log in as ${answer.login}.`;
      } else {
        if (answer.error === "link") end();
        refuse(answer.message, answer.error === "password" ? password : null);
      }
    } catch {
      status.textContent = "";
      refuse("The server did not answer. Please try again.", null);
    } finally {
      submit.disabled = false;
    }
  });

  addEventListener("hashchange", take);
  take();
  if (secret === "") refuse("This page needs the whole link from your mail. Please open it again.", null);
})();
