// A small real application: it asks a model through the openai package, and is
// configured by nothing but the variables that aigenv renders.
//
//   GET /        {pid, gateway, model, mark}   no call
//   GET /ask     {text, ...}                   one chat completion
//   GET /stream  {text, ...}                   the same, streamed
import { createServer } from "node:http";
import OpenAI from "openai";

const { CF_AIG_BASE_URL, CF_AIG_TOKEN, MIMO_API_KEY, MIMO_MODEL, MARK } = process.env;
const gateway = Boolean(CF_AIG_BASE_URL && CF_AIG_TOKEN);

const client = new OpenAI({
  apiKey: MIMO_API_KEY, // the provider's key, with and without the gateway
  baseURL: gateway ? CF_AIG_BASE_URL : process.env.DIRECT_BASE_URL,
  defaultHeaders: gateway
    ? { "cf-aig-authorization": `Bearer ${CF_AIG_TOKEN}` }
    : undefined,
  maxRetries: 0,
});

const model = MIMO_MODEL ?? "mimo-v2.5";
const about = { pid: process.pid, gateway, model, mark: MARK ?? null };
const question = { model, messages: [{ role: "user", content: "hello" }] };

async function ask() {
  const answer = await client.chat.completions.create(question);
  return answer.choices[0].message.content;
}

async function stream() {
  let text = "";
  for await (const part of await client.chat.completions.create({
    ...question,
    stream: true,
  }))
    text += part.choices[0]?.delta?.content ?? "";
  return text;
}

const pages = { "/": async () => null, "/ask": ask, "/stream": stream };

createServer(async (request, response) => {
  const page = pages[request.url];
  const answer = { ...about };

  response.setHeader("content-type", "application/json");
  try {
    if (!page) response.statusCode = 404;
    else answer.text = await page();
  } catch (error) {
    response.statusCode = 502;
    answer.error = error.constructor.name;
    answer.status = error.status ?? null;
  }
  response.end(JSON.stringify(answer));
}).listen(Number(process.env.PORT), "127.0.0.1");
