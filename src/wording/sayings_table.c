/* SPDX-License-Identifier: MIT */
/*
 * Sources: the providers' error references (OpenAI, Azure OpenAI, Anthropic,
 * Google AI Studio, DeepSeek, Moonshot, Zhipu and Z.ai, DashScope, SiliconFlow,
 * Volcengine Ark, MiniMax, Qianfan, Groq, Mistral, OpenRouter, Xiaomi MiMo),
 * Cloudflare's of Workers AI, AI Gateway and the edge's 1xxx errors, one-api's
 * and new-api's sources, and public issues that quote what came.
 */
#include "wording/sayings_internal.h"

#include "base/attributes.h"

#define EN "en"
#define ZH "zh"
#define CODE ""
#define ALONE SAYING_ALONE
#define INSIDE SAYING_INSIDE
#define CLIENT SAYING_CLIENT
#define ROW(language, whose, meaning, rank, text)                              \
	{                                                                      \
		(language), (whose), SAYS_##meaning, (rank), 0, (text)         \
	}
/* An app's own words for what it met. */
#define APP(language, meaning, text) ROW(language, NULL, meaning, CLIENT, text)
#define GATEWAY(number, text)                                                  \
	{                                                                      \
		EN, NULL, SAYS_GATEWAY, ALONE, (number), (text)                \
	}
/* Any name, with its quotes and the blanks around it. */
#define NAME "\t"
/* A whole value, as a code has it. */
#define WHOLE(text) "\n" text "\n"
/* All of a message, with what apps put before and behind. */
#define MESSAGE(text) "\r" text

/* clang-format off */
const struct saying sayings_table[] = {
	/* AI Gateway's sentences where its envelope is lost. */
	/* As a Worker's binding has it: the code is in the text. */
	GATEWAY(0, "aigatewayerror: 2"),
	GATEWAY(2001, "please configure ai gateway"),
	GATEWAY(2005, "failed to get response from provider"),
	GATEWAY(2009, WHOLE("ai gateway authentication failed")),
	/* ai-gateway-provider, for the AI SDK. */
	GATEWAY(2009, "ai gateway has authentication active"),
	GATEWAY(2001, "this ai gateway does not exist"),
	GATEWAY(2008, MESSAGE("invalid provider")),
	GATEWAY(2003, "aigatewayerror: rate limited"),
	GATEWAY(2009, "aigatewayerror: unauthorized"),
	GATEWAY(2009, "2009: unauthorized"),
	GATEWAY(2008, "invalid provider (code 2008)"),
	GATEWAY(2016, "prompt blocked due to security configurations"),
	GATEWAY(2017, "response blocked due to security configurations"),
	GATEWAY(2019, "chat completion bad format"),
	GATEWAY(2021, "insufficient wholesale credits"),
	GATEWAY(2021, "not available via unified billing"),
	GATEWAY(2021, "add money to your gateway"),
	GATEWAY(2021, "provider credentials are required"),
	GATEWAY(2021, "wholesale rate limit"),
	GATEWAY(2029, "request content blocked due to dlp"),
	GATEWAY(2030, "response content blocked due to dlp"),
	GATEWAY(2040, "has no byok credential named"),

#include "wording/sayings_money.def"

	/* Content. */
	ROW(CODE, NULL, CONTENT, ALONE, "content_filter"),
	ROW(CODE, NULL, CONTENT, ALONE, "content_policy"),
	ROW(CODE, NULL, CONTENT, ALONE, "hooks_failed"), /* Portkey */
	ROW(EN, NULL, CONTENT, ALONE, "guardrail checks"),
	ROW(CODE, "azure-openai", CONTENT, ALONE, "responsibleaipolicyviolation"),
	ROW(CODE, "dashscope", CONTENT, ALONE, "data_inspection_failed"),
	ROW(CODE, "dashscope", CONTENT, ALONE, "datainspectionfailed"),
	ROW(CODE, NULL, CONTENT, INSIDE, WHOLE("1301")),
	ROW(EN, "anthropic", CONTENT, ALONE, "anthropic refusal (category"),
	ROW(CODE, NULL, CONTENT, INSIDE, WHOLE("1026")), /* MiniMax */
	ROW(CODE, NULL, CONTENT, INSIDE, WHOLE("1027")),
	ROW(CODE, "volcengine-ark", CONTENT, ALONE, "sensitivecontentdetected"),
	ROW(EN, NULL, CONTENT, INSIDE, "content filtering"),
	ROW(EN, NULL, CONTENT, ALONE, "blocked by the content filter"),
	ROW(EN, "azure-openai", CONTENT, ALONE, "content management policy"),
	ROW(EN, "deepseek", CONTENT, ALONE, "content exists risk"),
	ROW(EN, "moonshot", CONTENT, ALONE, "considered high risk"),
	ROW(EN, NULL, CONTENT, ALONE, "inappropriate content"),
	ROW(EN, NULL, CONTENT, ALONE, "unsafe or sensitive content"),
	ROW(EN, NULL, CONTENT, ALONE, "as a result of our safety system"),
	ROW(EN, NULL, CONTENT, ALONE, "content violates usage guidelines"),
	ROW(EN, "google-ai-studio", CONTENT, ALONE, "candidate was blocked due to"),
	ROW(EN, "google-ai-studio", CONTENT, ALONE, "response was blocked due to"),
	ROW(CODE, "google-ai-studio", CONTENT, ALONE, "prohibited_content"),
	ROW(EN, NULL, CONTENT, INSIDE, "blockreason"),
	ROW(ZH, NULL, CONTENT, ALONE, "敏感内容"),
	ROW(ZH, NULL, CONTENT, ALONE, "敏感词"),
	ROW(ZH, NULL, CONTENT, ALONE, "内容安全"),

	/* The version twice. */
	ROW(CODE, NULL, DOUBLED, ALONE, "/v1/v1/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "resource v1/v1/"), /* Spring */
	ROW(CODE, NULL, DOUBLED, ALONE, "/v1/v1beta/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v1beta/v1beta/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v2/v2/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v3/v3/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v4/v4/"),
	/* A client's own behind the base URL's. */
	ROW(CODE, NULL, DOUBLED, ALONE, "/v2/v1/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v3/v1/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v4/v1/"),
	ROW(CODE, NULL, DOUBLED, ALONE, "/v1beta/v1/"),

	/* The endpoint twice: the base URL holds it already. */
	ROW(CODE, NULL, ENDPOINT, ALONE, "chat/completions/chat/completions"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/chat/completions/v1/"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/chat/completions/models"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/chat/completions/responses"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/messages/v1/messages"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/messages/messages"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/responses/responses"),
	ROW(CODE, NULL, ENDPOINT, ALONE, "/responses/chat/completions"),

	/* Nothing at this path. */
	ROW(CODE, NULL, NO_PATH, ALONE, "unknown_url"),
	ROW(EN, NULL, NO_PATH, ALONE, "invalid url (post"),
	ROW(EN, NULL, NO_PATH, ALONE, "invalid url (get"),
	ROW(EN, NULL, NO_PATH, ALONE, "unknown request url"),
	ROW(EN, NULL, NO_PATH, ALONE, "unrecognized request url"),
	ROW(EN, NULL, NO_PATH, ALONE, "responses api endpoint not found"),
	ROW(EN, NULL, NO_PATH, ALONE, "provider endpoint was not found"),
	ROW(EN, NULL, NO_PATH, ALONE, "no route matched with those values"),
	ROW(EN, NULL, NO_PATH, ALONE, "cannot post /"),
	ROW(EN, NULL, NO_PATH, ALONE, "cannot get /"),
	ROW(EN, "dashscope", NO_PATH, ALONE, "url error, please check url"),
	ROW(EN, "azure-openai", NO_PATH, INSIDE, WHOLE("resource not found")),
	ROW(EN, NULL, NO_PATH, ALONE, "perhaps your object identifier is invalid"),
	ROW(EN, NULL, NO_PATH, INSIDE, "no route for that uri"),
	ROW(EN, NULL, NO_PATH, INSIDE, "404 page not found"),
	ROW(EN, NULL, NO_PATH, ALONE, "default backend - 404"), /* Kubernetes */
	ROW(EN, NULL, NO_PATH, INSIDE, "<title>404 not found"),
	ROW(EN, NULL, NO_PATH, INSIDE, WHOLE("not found")),
	ROW(EN, NULL, NO_PATH, INSIDE, WHOLE("method not allowed")),
	ROW(EN, NULL, NO_PATH, ALONE, "not found, verify your api base"),
	ROW(EN, NULL, NO_PATH, ALONE, "api domain name is invalid"), /* MaxKB */
	ROW(ZH, NULL, NO_PATH, ALONE, "api 域名无效"),
	ROW(ZH, NULL, NO_PATH, ALONE, "没找到对象"),

#include "wording/sayings_key.def"

#include "wording/sayings_model.def"

	/* Parameters, and a budget that is too small. */
	ROW(CODE, NULL, PARAMETER, ALONE, "unsupported_parameter"),
	ROW(CODE, NULL, PARAMETER, ALONE, "unknown_parameter"),
	ROW(CODE, NULL, PARAMETER, ALONE, "unsupported_value"),
	ROW(CODE, NULL, PARAMETER, INSIDE, "missing_required_parameter"),
	ROW(CODE, NULL, PARAMETER, INSIDE, WHOLE("invalid_value")),
	ROW(EN, NULL, PARAMETER, ALONE, "client specified an invalid argument"),
	ROW(EN, "workers-ai", PARAMETER, ALONE, "aierror: bad input"),
	ROW(EN, NULL, PARAMETER, ALONE, "unsupported value:"),
	ROW(EN, "openai", PARAMETER, ALONE, "there was an issue with your request. please check your inputs"),
	ROW(EN, NULL, PARAMETER, ALONE, "max_tokens is too large"),
	ROW(EN, NULL, PARAMETER, ALONE, "the valid range of max_tokens is"),
	ROW(EN, "anthropic", PARAMETER, ALONE, "which is the maximum allowed number of output tokens"),
	ROW(EN, NULL, PARAMETER, ALONE, "invalid schema for function"),
	ROW(EN, NULL, PARAMETER, ALONE, "must contain the word 'json'"),
	ROW(EN, "google-ai-studio", PARAMETER, ALONE, "please use a valid role"),
	ROW(EN, "google-ai-studio", PARAMETER, ALONE, "invalid argument provided to gemini"),
	ROW(EN, "aws-bedrock", PARAMETER, ALONE, "the model returned the following errors:"),
	ROW(EN, "aws-bedrock", PARAMETER, ALONE, "malformed input request:"),
	ROW(EN, NULL, PARAMETER, ALONE, "invalid request sent to provider"),
	ROW(EN, NULL, PARAMETER, ALONE, "provider rejected the request schema"), /* OpenClaw */
	ROW(EN, "dashscope", PARAMETER, ALONE, "must be set to false for non-streaming calls"),
	ROW(CODE, "groq", PARAMETER, ALONE, "tool_use_failed"),
	ROW(EN, NULL, PARAMETER, ALONE, "unsupported parameter"),
	ROW(EN, NULL, PARAMETER, ALONE, "unrecognized request argument"),
	ROW(CODE, NULL, TOO_LONG, ALONE, "context_length_exceeded"),
	ROW(EN, NULL, TOO_LONG, ALONE, "maximum context length is"),
	ROW(EN, NULL, TOO_LONG, ALONE, "model is loaded with context length of only"),
	ROW(EN, NULL, TOO_LONG, ALONE, "exceeds the available context size"),
	ROW(EN, NULL, TOO_LONG, ALONE, "exceeded model token limit"),
	ROW(EN, "aws-bedrock", TOO_LONG, ALONE, "exceed the model limit of"),
	ROW(EN, NULL, TOO_LONG, ALONE, "prompt is too long"),
	ROW(EN, NULL, TOO_LONG, ALONE, "reduce the length of the messages"),
	ROW(EN, NULL, TOO_LONG, ALONE, "input is too long for requested model"),
	ROW(EN, NULL, TOO_LONG, ALONE, "request payload size exceeds the limit"),
	ROW(EN, NULL, TOO_LONG, ALONE, "exceeds the maximum number of tokens allowed"),
	ROW(EN, NULL, TOO_LONG, ALONE, "request body too large for"),
	ROW(CODE, NULL, TOO_LONG, ALONE, "tokens_limit_reached"),
	ROW(EN, NULL, TOO_LONG, ALONE, "exceeds the context window"),
	ROW(ZH, NULL, TOO_LONG, ALONE, "prompt 超长"),
	ROW(EN, "dashscope", TOO_LONG, ALONE, "range of input length should be"),
	ROW(EN, "moonshot", TOO_LONG, ALONE, "input token length too long"),
	ROW(ZH, NULL, PARAMETER, ALONE, "调用参数有误"),
	ROW(ZH, NULL, PARAMETER, ALONE, "调用参数错误"),
	ROW(ZH, NULL, PARAMETER, ALONE, "参数非法"),
	ROW(EN, NULL, PARAMETER, ALONE, "parameters specified in the request are not valid"),
	ROW(EN, NULL, PARAMETER, ALONE, "parameter(s) missing or malformed"),
	ROW(EN, NULL, PARAMETER, ALONE, "internalerror.algo.invalidparameter"),
	ROW(EN, NULL, PARAMETER, ALONE, "invalid api parameter, please check"),
	ROW(EN, NULL, PARAMETER, ALONE, "extra inputs are not permitted"),
	ROW(EN, NULL, PARAMETER, ALONE, "must be followed by tool messages"),
	ROW(EN, NULL, PARAMETER, ALONE, "must be a response to a preceeding message"),
	ROW(EN, NULL, PARAMETER, ALONE, "no tool output found for function call"),
	ROW(EN, NULL, PARAMETER, ALONE, "roles must alternate"),
	ROW(EN, NULL, PARAMETER, ALONE, "expected last role user"),
	ROW(EN, NULL, PARAMETER, ALONE, "does not support function calling"),
	ROW(EN, NULL, PARAMETER, ALONE, "reasoning_content in the thinking mode must be passed back"),
	ROW(EN, NULL, PARAMETER, INSIDE, "missing required parameter"),
	ROW(EN, NULL, PARAMETER, INSIDE, "unknown parameter:"),
	ROW(EN, NULL, PARAMETER, ALONE, "parameter '\t' is not allowed"),
	ROW(EN, NULL, PARAMETER, INSIDE, "invalid type for "),
	ROW(EN, NULL, PARAMETER, INSIDE, "supported values are:"),
	ROW(EN, NULL, PARAMETER, INSIDE, "is allowed for this model"),
	ROW(EN, NULL, PARAMETER, ALONE, "api version not supported"),
	ROW(EN, NULL, PARAMETER, ALONE, "invalid params, "),
	ROW(CODE, NULL, PARAMETER, INSIDE, WHOLE("1210")), /* Zhipu */
	ROW(CODE, NULL, PARAMETER, INSIDE, WHOLE("1213")),
	ROW(CODE, NULL, PARAMETER, INSIDE, WHOLE("1214")),
	ROW(CODE, NULL, PARAMETER, INSIDE, WHOLE("20015")), /* SiliconFlow */
	ROW(EN, NULL, PARAMETER, ALONE, "aren't using your http library correctly"),
	ROW(EN, NULL, PARAMETER, ALONE, "could not parse the json body of your request"),
	ROW(ZH, NULL, TOO_LONG, ALONE, "超出最大长度"),
	ROW(EN, NULL, PARAMETER, ALONE, "failed to deserialize the json body"),
	ROW(EN, NULL, PARAMETER, ALONE, "anthropic-version: header is required"),
	ROW(EN, NULL, PARAMETER, ALONE, "missing required query parameter: api-version"),
	ROW(EN, NULL, PARAMETER, ALONE, "only support stream mode"),
	ROW(EN, NULL, BUDGET, ALONE, "model output limit was reached"),
	ROW(EN, NULL, BUDGET, ALONE, "higher max_tokens"),
	ROW(EN, NULL, BUDGET, ALONE, "max_tokens or model output"),

	/* Where the call came from. */
	ROW(CODE, "openai", REGION, ALONE, "unsupported_country"),
	ROW(CODE, NULL, REGION, ALONE, "locationnotsupporterror"), /* LobeChat */
	ROW(EN, NULL, REGION, ALONE, "country, region, or territory not supported"),
	ROW(EN, "google-ai-studio", REGION, ALONE, "user location is not supported"),
	ROW(EN, "google-ai-studio", REGION, ALONE, "location is not supported by google-generativeai"),
	ROW(EN, "anthropic", REGION, INSIDE, WHOLE("request not allowed")),
	ROW(EN, NULL, REGION, ALONE, "not available in your region"),
	ROW(EN, NULL, REGION, ALONE, "not available in your country"),
	ROW(EN, "anthropic", REGION, ALONE, "app unavailable in region"),
	ROW(EN, "azure-openai", NETWORK, ALONE, "due to virtual network/firewall rules"),
	ROW(EN, "azure-openai", NETWORK, ALONE, "a virtual network is configured for this resource"),
	ROW(EN, "azure-openai", NETWORK, ALONE, "public access is disabled. please configure private endpoint"),
	ROW(CODE, "openai", NETWORK, ALONE, "ip_not_authorized"),
	ROW(EN, NULL, NETWORK, ALONE, "ip address is not allowed"),
	ROW(EN, NULL, NETWORK, ALONE, "ip address not allowed"),
	ROW(EN, NULL, NETWORK, ALONE, "ip is not in the allowlist"),
	ROW(EN, NULL, NETWORK, ALONE, "ip is not in whitelist"),
	ROW(EN, NULL, NETWORK, ALONE, "not in the ip whitelist"),
	ROW(CODE, "google-ai-studio", NETWORK, ALONE, "api_key_ip_address_blocked"),
	ROW(CODE, "google-ai-studio", NETWORK, ALONE, "api_key_http_referrer_blocked"),
	ROW(EN, "google-ai-studio", NETWORK, ALONE, "has an ip address restriction"),
	ROW(EN, "google-ai-studio", NETWORK, ALONE, "requests from referer "),
	ROW(EN, "groq", NETWORK, ALONE, "please check your network settings"),
	ROW(ZH, NULL, NETWORK, ALONE, "不在令牌允许访问的列表"),
	ROW(ZH, NULL, NETWORK, ALONE, "ip 不在白名单"),

	/* Overloaded or failed. */
	ROW(CODE, NULL, BUSY, ALONE, "overloaded_error"),
	ROW(CODE, "moonshot", BUSY, ALONE, "engine_overloaded_error"),
	ROW(CODE, NULL, BUSY, ALONE, "server_is_overloaded"),
	ROW(EN, NULL, BUSY, ALONE, "currently experiencing high demand"),
	ROW(EN, NULL, BUSY, ALONE, "currently overloaded"),
	ROW(EN, "anthropic", BUSY, ALONE, MESSAGE("overloaded")),
	ROW(EN, "workers-ai", BUSY, ALONE, "capacity temporarily exceeded"),
	/* Envoy. */
	ROW(EN, NULL, BUSY, ALONE, MESSAGE("no healthy upstream")),
	ROW(EN, NULL, BUSY, ALONE, "upstream connect error or disconnect/reset"),
	ROW(EN, NULL, BUSY, ALONE, "model is overloaded"),
	ROW(EN, NULL, BUSY, ALONE, "service is too busy"),
	ROW(EN, NULL, BUSY, ALONE, "system is really busy"),
	ROW(EN, NULL, BUSY, ALONE, "system is too busy"),
	ROW(EN, NULL, BUSY, ALONE, "service may be temporarily overloaded"),
	ROW(EN, NULL, BUSY, ALONE, "degraded function cannot be invoked"),
	ROW(EN, NULL, BUSY, INSIDE, "is currently loading"),
	ROW(CODE, NULL, BUSY, INSIDE, "do_request_failed"),
	ROW(EN, NULL, BUSY, ALONE, "had an error while processing your request"),
	ROW(EN, NULL, BUSY, ALONE, "server had an error processing your request"),
	ROW(EN, NULL, BUSY, ALONE, "server error. stream terminated"), /* Copilot */
	ROW(EN, "openai", BUSY, ALONE, "an error occurred while processing your request"),
	ROW(EN, "workers-ai", BUSY, ALONE, "inferenceupstreamerror: error: internal error"),
	ROW(EN, NULL, BUSY, INSIDE, "capacity exceeded"),
	ROW(EN, NULL, BUSY, INSIDE, "capacity temporarily exceeded"),
	ROW(ZH, NULL, BUSY, ALONE, "服务繁忙"),
	ROW(ZH, NULL, BUSY, ALONE, "系统繁忙"),

	/* http:// where https:// belongs. */
	ROW(EN, NULL, PLAIN, ALONE, "plain http request was sent to https port"),
	ROW(EN, NULL, PLAIN, ALONE, "sent an http request to an https server"), /* Go */
	ROW(EN, NULL, PLAIN, ALONE, "speaking plain http to an ssl-enabled server port"), /* Apache */
	ROW(EN, NULL, PLAIN, ALONE, "combination of host and port requires tls"), /* Tomcat */

	/* Cloudflare's edge, in front of any site of its customers. */
	ROW(EN, NULL, BLOCKED, ALONE, "sorry, you have been blocked"),
	ROW(EN, NULL, BLOCKED, ALONE, "your request was blocked."), /* to SDKs */
	ROW(EN, NULL, BLOCKED, ALONE, "attention required! | cloudflare"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1020"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error 1020"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error reference number: 1020"),
	ROW(EN, NULL, BLOCKED, ALONE, "used cloudflare to restrict access"),
	ROW(EN, NULL, BLOCKED, ALONE, "has banned the country or region your ip"),
	ROW(EN, NULL, BLOCKED, ALONE, "has banned your ip address"),
	ROW(EN, NULL, BLOCKED, ALONE, "has banned the autonomous system number"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1005"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1006"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1007"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1008"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1009"),
	ROW(CODE, NULL, BLOCKED, ALONE, "error code: 1012"),
	ROW(EN, NULL, CHALLENGE, ALONE, "<title>just a moment"),
	ROW(EN, NULL, CHALLENGE, ALONE, "enable javascript and cookies to continue"),
	ROW(EN, NULL, CHALLENGE, ALONE, "cf-chl-"),
	ROW(CODE, NULL, CHALLENGE, ALONE, "_cf_chl_opt"),
	ROW(EN, NULL, CHALLENGE, ALONE, "checking your browser before accessing"),
	ROW(EN, NULL, CHALLENGE, ALONE, "needs to review the security of your connection"),
	ROW(EN, NULL, WORKER, ALONE, "error code: 1101"),
	ROW(EN, NULL, WORKER, ALONE, "error code: 1102"),
	ROW(EN, NULL, WORKER, ALONE, "error 1101"),
	ROW(EN, NULL, WORKER, ALONE, "error 1102"),
	ROW(EN, NULL, WORKER, ALONE, "worker threw exception"),
	ROW(EN, NULL, WORKER, ALONE, "worker exceeded resource limits"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error code: 1000"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error code: 1001"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error code: 1016"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error code: 1033"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error 1016"),
	ROW(CODE, NULL, ORIGIN, ALONE, "error 1033"),
	ROW(EN, NULL, ORIGIN, ALONE, "origin dns error"),
	ROW(EN, NULL, ORIGIN, ALONE, "dns points to prohibited ip"),
	ROW(EN, NULL, ORIGIN, ALONE, "dns resolution error | "),
	ROW(EN, NULL, ORIGIN, ALONE, "cloudflare tunnel error"),
	ROW(EN, NULL, ORIGIN, ALONE, "argo tunnel error"),
	ROW(CODE, NULL, RATE, ALONE, "error code: 1015"),
	ROW(CODE, NULL, RATE, ALONE, "error 1015"),
	ROW(EN, NULL, RATE, ALONE, "you are being rate limited"),
	ROW(CODE, NULL, EDGE, ALONE, "error code: 10"),
	ROW(CODE, NULL, EDGE, ALONE, "error 1010"),
	ROW(EN, NULL, EDGE, ALONE, "banned your access based on your browser's signature"),
	ROW(CODE, NULL, EDGE, ALONE, "browser_signature_banned"),

	/* Cloudflare's API about a token. */
	ROW(EN, NULL, TOKEN_GOOD, ALONE, "this api token is valid and active"),
	ROW(CODE, NULL, TOKEN_GOOD, ALONE, "api token status: active"),
	ROW(CODE, NULL, TOKEN_BAD, ALONE, "api token status: disabled"),
	ROW(CODE, NULL, TOKEN_BAD, ALONE, "api token status: expired"),
	ROW(EN, NULL, TOKEN_BAD, ALONE, "invalid api token"),
	ROW(EN, NULL, TOKEN_BAD, ALONE, "this api token is disabled"),
	ROW(EN, NULL, TOKEN_BAD, ALONE, "this api token is expired"),
	ROW(EN, NULL, TOKEN_BAD, INSIDE, "invalid format for authorization header"),

	/* Clients that wanted JSON. */
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected token '<'"),
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected token < in json"),
	ROW(EN, NULL, NO_JSON, ALONE, "unrecognized token '<'"),
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected token 'd', \"data: "), /* a stream */
	ROW(EN, NULL, NO_JSON, ALONE, "... is not valid json"), /* V8, about what came */
	ROW(EN, NULL, NO_JSON, ALONE, "http code 200 from api"), /* OpenAI's old client */
	ROW(EN, NULL, NO_JSON, ALONE, "empty response from server"), /* NextChat */
	ROW(EN, NULL, NO_JSON, ALONE, "validation failed: json decode error"), /* Dify */
	ROW(EN, NULL, NO_JSON, ALONE, "validation failed: invalid response"),
	ROW(EN, NULL, NO_JSON, ALONE, "json parse error: unexpected"), /* WebKit */
	ROW(EN, NULL, NO_JSON, ALONE, "looking for beginning of value"), /* Go */
	ROW(EN, NULL, NO_JSON, ALONE, "expecting value: line 1 column 1 (char 0)"),
	ROW(EN, NULL, NO_JSON, ALONE, "eof while parsing a value at line 1 column 0"), /* serde_json */
	ROW(EN, NULL, NO_JSON, ALONE, "is an invalid start of a value"), /* .NET */
	ROW(EN, NULL, NO_JSON, ALONE, "unserializableresponse"), /* PHP */
	ROW(EN, NULL, NO_JSON, ALONE, "in json at position 0"), /* V8 */
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected end of json"),
	ROW(EN, NULL, NO_JSON, ALONE, "invalid json response"), /* AI SDK, node-fetch */
	ROW(EN, NULL, NO_JSON, ALONE, "failed to process successful response"), /* AI SDK */
	ROW(EN, NULL, NO_JSON, ALONE, "response validation failed"), /* Mistral's SDK */
	ROW(EN, NULL, NO_JSON, ALONE, "ai_jsonparseerror"),
	ROW(EN, NULL, NO_JSON, ALONE, "parsejsonfrombytes"), /* undici's Response.json() */
	ROW(EN, NULL, NO_JSON, ALONE, "in json at position \t in \"http"), /* got */
	ROW(EN, NULL, NO_JSON, ALONE, "html instead of json"),
	ROW(EN, NULL, NO_JSON, ALONE, "json but got text/html"),
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected character '<'"),
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected char '<' at line 1"), /* Crystal */
	ROW(EN, NULL, NO_JSON, ALONE, "expected value but found "), /* Lua */
	ROW(EN, NULL, NO_JSON, ALONE, "jsonexception"), /* PHP and .NET */
	ROW(EN, NULL, NO_JSON, ALONE, "syntax error for \"http"), /* Symfony */
	ROW(EN, NULL, NO_JSON, ALONE, "malformed json string"), /* Perl */
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected token '' at line 1"), /* Crystal, without its <EOF> */
	ROW(EN, NULL, NO_JSON, ALONE, "json::parsererror"), /* Ruby */
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected token at ''"),
	ROW(EN, NULL, NO_JSON, ALONE, "jsondecodeerror"), /* Python */
	ROW(EN, NULL, NO_JSON, ALONE, "unterminated string starting at"),
	ROW(EN, NULL, NO_JSON, ALONE, "eof while parsing a string"), /* serde_json */
	ROW(EN, NULL, NO_JSON, ALONE, "read-json: "), /* Racket */
	ROW(EN, NULL, NO_JSON, ALONE, "decode json with unexpected mimetype"), /* aiohttp */
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected content type 'text/"), /* httr2 */
	ROW(EN, NULL, NO_JSON, ALONE, "expected value at line 1 column 1"), /* serde_json */
	ROW(EN, NULL, NO_JSON, ALONE, "jsondeserialize(error(\"expected value"),
	ROW(EN, NULL, NO_JSON, ALONE, "error decoding response body: expected value"),
	ROW(EN, NULL, NO_JSON, ALONE, "returned an empty or malformed response"),
	ROW(EN, NULL, NO_JSON, ALONE, "received empty response from chat model call"), /* LangChain */
	ROW(EN, NULL, NO_JSON, ALONE, "returned an empty or unparsable response"),
	ROW(EN, NULL, NO_JSON, ALONE, "the request returned empty. please check"), /* LobeChat */
	ROW(ZH, NULL, NO_JSON, ALONE, "请求返回为空，请检查"),
	ROW(EN, NULL, NO_JSON, ALONE, "unexpected character encountered while parsing value: <"),
	/* OpenAI's for Python hands on the text where there is no JSON. */
	ROW(EN, NULL, NO_JSON, ALONE, "'str' object has no attribute 'choices'"),
	ROW(EN, NULL, NO_JSON, ALONE, "'str' object has no attribute 'data'"),
	ROW(EN, NULL, NO_JSON, ALONE, "'str' object has no attribute 'model_dump'"),

	/* SDKs, before any call. */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "environment variable is missing or empty"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "api_key client option must be set"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "illegal header value b'bearer '"), /* httpx */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "could not resolve authentication method"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "unauthenticated request to ai gateway"), /* Vercel's */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "api key is missing. pass it using"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "environment variable is not set"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "no key found - add one using"), /* llm */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "can't find env var"), /* ellmer */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "missing environment variable: `"), /* Codex CLI */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "miss 'api_key'"), /* aichat */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "you must specify the " NAME "environment variable"), /* Gemini CLI */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "set the " NAME "environment variable or pass it via"), /* Pydantic AI */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "set either the " NAME "environment variable or"), /* LlamaIndex */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "following authentication environment variables are set"), /* Haystack */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "entirely of whitespace. (parameter 'apikey')"), /* Semantic Kernel */
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key is not set"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key not set"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key is required"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key is missing"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key is not defined"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key is not configured"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "_api_key environment variable not"),
	ROW(ZH, NULL, ENVIRONMENT, ALONE, "_api_key 未设置"),
	ROW(ZH, NULL, ENVIRONMENT, ALONE, "_api_key 未配置"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "openai api key not found"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "please add an environment variable"),
	ROW(EN, "aws-bedrock", ENVIRONMENT, ALONE, "unable to locate credentials"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "no api key provided. you can set"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "missing credentials. please pass"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "no api_key or adc found"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "an api key must be set when using"),
	ROW(EN, NULL, ENVIRONMENT, ALONE, "api key must be provided when using"),
	ROW(CODE, NULL, ENVIRONMENT, ALONE, "ai_loadapikeyerror"),

	/* LiteLLM, before any call. */
	ROW(EN, NULL, ROUTER, ALONE, "llm provider not provided"),

	/* Browsers, about an answer that a page may not read. */
	ROW(EN, NULL, BROWSER, ALONE, "blocked by cors policy"),
	ROW(EN, NULL, BROWSER, ALONE, "cross-origin request blocked"),
	ROW(EN, NULL, BROWSER, ALONE, "(cross-origin) request blocked"),
	ROW(EN, NULL, BROWSER, ALONE, "blocking a cross-origin request"),
	ROW(EN, NULL, BROWSER, ALONE, "cors preflight response did not succeed"),

#include "wording/sayings_apps.def"

	/* Apps, about their own pages, and about who uses them. */
	ROW(EN, NULL, OWN_PAGE, ALONE, "unexpected application error"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "this page could not be found"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "did you mean to visit /"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "your session has expired"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "session expired. please"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "please sign in again"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "please log in again"),
	ROW(EN, NULL, OWN_PAGE, ALONE, "please login again"),
	ROW(ZH, NULL, OWN_PAGE, ALONE, "请重新登录"),
	ROW(ZH, NULL, OWN_PAGE, ALONE, "登录已过期"),
	ROW(ZH, NULL, OWN_PAGE, ALONE, "登录状态已失效"),

	/* Words that tell no more than that there was an error. */
	ROW(EN, NULL, UNTOLD, ALONE, "fail to access model("), /* RAGFlow */
	ROW(EN, NULL, UNTOLD, ALONE, "fail to access embedding model("),
	ROW(EN, "openrouter", UNTOLD, ALONE, "provider returned error"),
	ROW(EN, NULL, UNTOLD, ALONE, "upstream provider error"),

	/* Programs' own faults, in front of a call or behind it. */
	ROW(EN, NULL, CRASH, ALONE, "unsupported model version"), /* AI SDK: packages of two kinds */
	ROW(EN, NULL, CRASH, ALONE, "this operation was aborted"), /* by the program itself */
	ROW(EN, NULL, CRASH, ALONE, "operation was aborted."),
	ROW(EN, NULL, CRASH, ALONE, "user aborted a request"),
	ROW(EN, NULL, CRASH, INSIDE, "cannot read propert"),
	ROW(EN, NULL, CRASH, INSIDE, " is not a function"),
	ROW(EN, NULL, CRASH, INSIDE, " is not iterable"),
	ROW(EN, NULL, CRASH, INSIDE, "undefined is not an object"),
	ROW(EN, NULL, CRASH, INSIDE, "'nonetype' object"),
	ROW(EN, NULL, CRASH, INSIDE, "object has no attribute"),
	ROW(EN, NULL, CRASH, INSIDE, "list index out of range"),
	ROW(EN, NULL, CRASH, INSIDE, "keyerror('"),
	ROW(EN, NULL, CRASH, INSIDE, "nil pointer dereference"),
	ROW(EN, NULL, CRASH, INSIDE, "unexpected keyword argument"),
};
/* clang-format on */

const size_t sayings_count = ARRAY_SIZE(sayings_table);
