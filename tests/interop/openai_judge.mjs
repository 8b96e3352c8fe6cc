// SPDX-License-Identifier: MIT
// The real openai package, asked over a pipe: a question a line in, JSON; what
// came of it a line out. openai_judge.py asks; nothing is judged here.
//
//   {"base_url", "token", "key", "keyless", "retries", "timeout",
//    "call": "chat" | "stream" | "abort" | "models", "body": {...}}
//
// Answers with what the package returned, or with the error that it threw.
import { createInterface } from "node:readline";
import OpenAI, * as openai from "openai";

const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// As the README tells an app to do it, with and without a key of its own.
function client({ base_url, token, key, keyless, retries, timeout }) {
  const headers = {};

  if (token) headers["cf-aig-authorization"] = `Bearer ${token}`;
  if (keyless) headers.Authorization = null;
  return new OpenAI({
    apiKey: keyless ? "unused" : key,
    baseURL: base_url,
    defaultHeaders: headers,
    maxRetries: retries,
    timeout,
  });
}

async function chat(asked, { body }) {
  const { data, response } = await asked.chat.completions.create(body).withResponse();

  return {
    // A captive portal's page is no error to the package, but a string.
    returned: typeof data,
    text: data?.choices?.[0]?.message?.content ?? null,
    finish: data?.choices?.[0]?.finish_reason ?? null,
    usage: data?.usage ?? null,
    log_id: response.headers.get("cf-aig-log-id"),
  };
}

async function stream(asked, { body }) {
  const found = { chunks: 0, text: "", finish: null, usage: null, role: null };

  for await (const chunk of await asked.chat.completions.create({ ...body, stream: true })) {
    const [choice] = chunk.choices;

    found.chunks++;
    found.text += choice?.delta?.content ?? "";
    found.role ??= choice?.delta?.role ?? null;
    found.finish ??= choice?.finish_reason ?? null;
    found.usage ??= chunk.usage ?? null;
  }
  return found;
}

// Makes a whole other call as soon as the first chunk is there, and then leaves
// the stream. The chunks are counted meanwhile.
async function abort(asked, { body, other }) {
  const chunks = await asked.chat.completions.create({ ...body, stream: true });
  let [count, ended, first] = [0, false, null];
  const started = new Promise((resolve) => (first = resolve));
  const reading = (async () => {
    for await (const chunk of chunks) {
      count += chunk.choices.length;
      first();
    }
    ended = true;
  })();

  await Promise.race([started, reading]); // reading: where it fails before
  const text = (await chat(asked, { body: other })).text;
  const found = { text, before: count, ended };
  while (!ended && count === found.before) await wait(5);
  found.after = count;
  chunks.controller.abort();
  await reading;
  return found;
}

async function models(asked) {
  const ids = [];

  for await (const model of asked.models.list()) ids.push(model.id);
  return { ids };
}

const calls = { chat, stream, abort, models };

const classes = Object.entries(openai).filter(
  ([name, value]) => name.endsWith("Error") && value.prototype instanceof Error,
);

function thrown(error) {
  return {
    thrown: error.constructor.name,
    is: classes.filter(([, value]) => error instanceof value).map(([name]) => name),
    message: error.message,
    status: error.status ?? null,
    code: error.code ?? null,
    type: error.type ?? null,
    param: error.param ?? null,
    error: error.error ?? null,
    headers: error.headers ? Object.fromEntries(error.headers) : null,
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;

  try {
    answer = await calls[question.call](client(question), question);
  } catch (error) {
    answer = thrown(error);
  }
  console.log(JSON.stringify(answer));
}
