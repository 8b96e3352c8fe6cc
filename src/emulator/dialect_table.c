/* SPDX-License-Identifier: MIT */
#include "emulator/dialect.h"

/* What every dialect says that has no words of its own: OpenAI's way. */
const struct dialect dialect_openai = {
	.name = "openai",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"error\":{\"message\":\"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY), or as the password field (with blank username) if you're accessing the API from your browser and are prompted for a username and password. You can obtain an API key from https://platform.openai.com/account/api-keys.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":{\"message\":\"Incorrect API key provided: {key}. You can find your API key at https://platform.openai.com/account/api-keys.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"}}", NULL },
		[REFUSE_MODEL] = { 404, "{\"error\":{\"message\":\"The model `{model}` does not exist or you do not have access to it.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"model_not_found\"}}", NULL },
		[REFUSE_PATH] = { 404, "{\"error\":{\"message\":\"Invalid URL ({method} {path})\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}", NULL },
		[REFUSE_METHOD] = { 405, "{\"error\":{\"message\":\"Not allowed to {method} on {path}.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"method_not_supported\"}}", NULL },
		[REFUSE_BODY] = { 400, "{\"error\":{\"message\":\"{reason}\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}", NULL },
		[REFUSE_QUOTA] = { 429, "{\"error\":{\"message\":\"You exceeded your current quota, please check your plan and billing details.\",\"type\":\"insufficient_quota\",\"param\":null,\"code\":\"insufficient_quota\"}}", NULL },
		[REFUSE_RATE] = { 429, "{\"error\":{\"message\":\"Rate limit reached for requests\",\"type\":\"requests\",\"param\":null,\"code\":\"rate_limit_exceeded\"}}", NULL },
		[REFUSE_CONTENT] = { 400, "{\"error\":{\"message\":\"The response was filtered due to the prompt triggering the content management policy.\",\"type\":null,\"param\":\"prompt\",\"code\":\"content_filter\"}}", NULL },
		[REFUSE_DOWN] = { 500, "{\"error\":{\"message\":\"The server had an error while processing your request. Sorry about that!\",\"type\":\"server_error\",\"param\":null,\"code\":null}}", NULL },
		/* clang-format on */
	},
};

#define ANTHROPIC(type, message)                                               \
	"{\"type\":\"error\",\"error\":{\"type\":\"" type                      \
	"\",\"message\":\"" message                                            \
	"\"},\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"}"

const struct dialect dialect_anthropic = {
	.name = "anthropic",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, ANTHROPIC("authentication_error", "x-api-key header is required"), NULL },
		[REFUSE_WRONG_KEY] = { 401, ANTHROPIC("authentication_error", "invalid x-api-key"), NULL },
		[REFUSE_MODEL] = { 404, ANTHROPIC("not_found_error", "model: {model}"), NULL },
		[REFUSE_PATH] = { 404, ANTHROPIC("not_found_error", "Not Found"), NULL },
		[REFUSE_METHOD] = { 405, ANTHROPIC("invalid_request_error", "Method Not Allowed"), NULL },
		[REFUSE_BODY] = { 400, ANTHROPIC("invalid_request_error", "{reason}"), NULL },
		[REFUSE_QUOTA] = { 400, ANTHROPIC("invalid_request_error", "Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits."), NULL },
		[REFUSE_RATE] = { 429, ANTHROPIC("rate_limit_error", "This request would exceed your organization's rate limit."), NULL },
		[REFUSE_CONTENT] = { 400, ANTHROPIC("invalid_request_error", "Output blocked by content filtering policy"), NULL },
		[REFUSE_DOWN] = { 529, ANTHROPIC("overloaded_error", "Overloaded"), NULL },
		/* clang-format on */
	},
};

#define GOOGLE(code, status, message)                                          \
	"{\"error\":{\"code\":" code ",\"message\":\"" message                 \
	"\",\"status\":\"" status "\"}}"

const struct dialect dialect_google = {
	.name = "google",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 403, GOOGLE("403", "PERMISSION_DENIED", "Method doesn't allow unregistered callers (callers without established identity). Please use API Key or other form of API consumer identity to call this API."), NULL },
		[REFUSE_WRONG_KEY] = { 400, "{\"error\":{\"code\":400,\"message\":\"API key not valid. Please pass a valid API key.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"API_KEY_INVALID\",\"domain\":\"googleapis.com\",\"metadata\":{\"service\":\"generativelanguage.googleapis.com\"}}]}}", NULL },
		[REFUSE_MODEL] = { 404, GOOGLE("404", "NOT_FOUND", "models/{model} is not found for API version v1beta, or is not supported for generateContent. Call ListModels to see the list of available models and their supported methods."), NULL },
		[REFUSE_PATH] = { 404, "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That's an error.</ins>\n", "text/html; charset=UTF-8" },
		[REFUSE_BODY] = { 400, GOOGLE("400", "INVALID_ARGUMENT", "{reason}"), NULL },
		[REFUSE_QUOTA] = { 429, GOOGLE("429", "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan and billing details."), NULL },
		[REFUSE_RATE] = { 429, GOOGLE("429", "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota)."), NULL },
		[REFUSE_DOWN] = { 503, GOOGLE("503", "UNAVAILABLE", "The model is overloaded. Please try again later."), NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_deepseek = {
	.name = "deepseek",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "Authentication Fails (auth header format should be Bearer sk-...)", "text/plain" },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":{\"message\":\"Authentication Fails, Your api key: {key} is invalid\",\"type\":\"authentication_error\",\"param\":null,\"code\":\"invalid_request_error\"}}", NULL },
		[REFUSE_MODEL] = { 400, "{\"error\":{\"message\":\"Model Not Exist\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_request_error\"}}", NULL },
		[REFUSE_PATH] = { 404, "", "text/plain" },
		[REFUSE_QUOTA] = { 402, "{\"error\":{\"message\":\"Insufficient Balance\",\"type\":\"unknown_error\",\"param\":null,\"code\":\"invalid_request_error\"}}", NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_mimo = {
	.name = "mimo",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"error\":{\"message\":\"Invalid API Key\",\"param\":\"Please provide valid API Key\",\"code\":\"401\",\"type\":\"invalid_key\"}}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":{\"message\":\"Invalid API Key\",\"param\":\"Please provide valid API Key\",\"code\":\"401\",\"type\":\"invalid_key\"}}", NULL },
		[REFUSE_MODEL] = { 400, "{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"Not supported model {model}\"}}", NULL },
		[REFUSE_PATH] = { 404, "{\"error\":{\"code\":\"404\",\"message\":\"Not Found\",\"param\":\"No endpoint {method} {path}\"}}", NULL },
		[REFUSE_BODY] = { 400, "{\"error\":{\"code\":\"400\",\"message\":\"Param Incorrect\",\"param\":\"{reason}\"}}", NULL },
		[REFUSE_QUOTA] = { 402, "{\"error\":{\"code\":\"402\",\"message\":\"Insufficient account balance\"}}", NULL },
		[REFUSE_RATE] = { 429, "{\"error\":{\"code\":\"429\",\"message\":\"Too many requests\"}}", NULL },
		[REFUSE_CONTENT] = { 421, "{\"error\":{\"code\":\"421\",\"message\":\"Moderation Block\",\"param\":\"The content was filtered\"}}", NULL },
		[REFUSE_DOWN] = { 503, "{\"error\":{\"code\":\"503\",\"message\":\"The service is overloaded\"}}", NULL },
		/* clang-format on */
	},
};

#define REST(code, message)                                                    \
	"{\"result\":null,\"success\":false,\"errors\":[{\"code\":" code       \
	",\"message\":\"" message "\"}],\"messages\":[]}"

/* Workers AI: the key is itself a Cloudflare token. */
const struct dialect dialect_cloudflare = {
	.name = "cloudflare",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, REST("10000", "Authentication error"), NULL },
		[REFUSE_WRONG_KEY] = { 401, REST("10000", "Authentication error"), NULL },
		[REFUSE_MODEL] = { 400, REST("5007", "No such model {model} or task"), NULL },
		[REFUSE_PATH] = { 404, REST("7000", "No route for that URI"), NULL },
		[REFUSE_BODY] = { 400, REST("5006", "{reason}"), NULL },
		[REFUSE_QUOTA] = { 429, REST("3036", "You have used up your daily free allocation of 10,000 neurons"), NULL },
		[REFUSE_RATE] = { 429, REST("3040", "Capacity temporarily exceeded, please try again."), NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_siliconflow = {
	.name = "siliconflow",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "\"Api key is invalid\"", NULL },
		[REFUSE_WRONG_KEY] = { 401, "\"Api key is invalid\"", NULL },
		[REFUSE_MODEL] = { 400, "{\"code\":20012,\"message\":\"Model does not exist. Please check it carefully.\",\"data\":null}", NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_zhipu = {
	.name = "zhipu",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"error\":{\"code\":\"1001\",\"message\":\"Header中未收到Authorization参数\"}}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":{\"code\":\"401\",\"message\":\"令牌已过期或验证不正确\"}}", NULL },
		[REFUSE_MODEL] = { 400, "{\"error\":{\"code\":\"1211\",\"message\":\"模型不存在: {model}\"}}", NULL },
		[REFUSE_QUOTA] = { 429, "{\"error\":{\"code\":\"1113\",\"message\":\"余额不足或无可用资源包\"}}", NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_minimax = {
	.name = "minimax",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"type\":\"error\",\"error\":{\"type\":\"authorized_error\",\"message\":\"login fail: Please carry the API secret key in the 'Authorization' field of the request header (1004)\",\"http_code\":\"401\"}}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"type\":\"error\",\"error\":{\"type\":\"authorized_error\",\"message\":\"login fail (1004)\",\"http_code\":\"401\"}}", NULL },
		[REFUSE_MODEL] = { 400, "{\"type\":\"error\",\"error\":{\"type\":\"bad_request_error\",\"message\":\"invalid params, unknown model '{model}' (2013)\",\"http_code\":\"400\"}}", NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_dashscope = {
	.name = "dashscope",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"error\":{\"message\":\"You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null},\"request_id\":\"9a1f6c62-0000-4000-8000-000000000000\"}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":{\"message\":\"Incorrect API key provided. \",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"invalid_api_key\"},\"request_id\":\"9a1f6c62-0000-4000-8000-000000000000\"}", NULL },
		[REFUSE_CONTENT] = { 400, "{\"error\":{\"message\":\"Input data may contain inappropriate content.\",\"type\":\"data_inspection_failed\",\"param\":null,\"code\":\"data_inspection_failed\"}}", NULL },
		/* clang-format on */
	},
};

#define AZURE(code, message)                                                   \
	"{\"error\":{\"code\":\"" code "\",\"message\":\"" message "\"}}"
#define AZURE_KEY                                                              \
	AZURE("401",                                                           \
		"Access denied due to invalid subscription key or wrong API "  \
		"endpoint. Make sure to provide a valid key for an active "    \
		"subscription and use a correct regional API endpoint for "    \
		"your resource.")

/* DeploymentNotFound: chatboxai/chatbox#861. */
const struct dialect dialect_azure = {
	.name = "azure",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, AZURE_KEY, NULL },
		[REFUSE_WRONG_KEY] = { 401, AZURE_KEY, NULL },
		[REFUSE_MODEL] = { 404, AZURE("DeploymentNotFound", "The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."), NULL },
		[REFUSE_PATH] = { 404, AZURE("404", "Resource not found"), NULL },
		[REFUSE_RATE] = { 429, AZURE("429", "Requests to the ChatCompletions_Create Operation have exceeded call rate limit of your current pricing tier. Please retry after 6 seconds."), NULL },
		[REFUSE_QUOTA] = { 403, AZURE("403", "Out of call volume quota. Quota will be replenished in 6 days."), NULL },
		[REFUSE_DOWN] = { 503, AZURE("InternalServerError", "The service is temporarily unable to process your request. Please try again later."), NULL },
		/* clang-format on */
	},
};

#define AMAZON(message) "{\"message\":\"" message "\"}"

/* The key: Aider-AI/aider#1986; the model: langchain-ai/open_deep_research#224.
 */
const struct dialect dialect_bedrock = {
	.name = "bedrock",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 403, AMAZON("Missing Authentication Token"), NULL },
		[REFUSE_WRONG_KEY] = { 403, AMAZON("The security token included in the request is invalid."), NULL },
		[REFUSE_MODEL] = { 400, AMAZON("The provided model identifier is invalid."), NULL },
		[REFUSE_PATH] = { 404, "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}", NULL },
		[REFUSE_METHOD] = { 404, "{\"Output\":{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"},\"Version\":\"1.0\"}", NULL },
		[REFUSE_BODY] = { 400, AMAZON("{reason}"), NULL },
		[REFUSE_QUOTA] = { 429, AMAZON("Too many tokens per day, please wait before trying again."), NULL },
		[REFUSE_RATE] = { 429, AMAZON("Too many requests, please wait before trying again."), NULL },
		[REFUSE_CONTENT] = { 400, AMAZON("The request was blocked by a content filter."), NULL },
		[REFUSE_DOWN] = { 503, AMAZON("Bedrock is unable to process your request."), NULL },
		/* clang-format on */
	},
	.header = "x-amzn-ErrorType",
	.header_values = {
		[REFUSE_NO_KEY] = "MissingAuthenticationTokenException",
		[REFUSE_WRONG_KEY] = "UnrecognizedClientException",
		[REFUSE_MODEL] = "ValidationException",
		[REFUSE_PATH] = "UnknownOperationException",
		[REFUSE_METHOD] = "UnknownOperationException",
		[REFUSE_BODY] = "ValidationException",
		[REFUSE_QUOTA] = "ThrottlingException",
		[REFUSE_RATE] = "ThrottlingException",
		[REFUSE_CONTENT] = "ValidationException",
		[REFUSE_DOWN] = "ServiceUnavailableException",
	},
};

#define MESSAGE(text) "{\"message\":\"" text "\"}"

/* docs.cohere.com, errors; seen: tinyhumansai/openhuman#3354 (no key),
 * cohere-ai/cohere-toolkit#857 (wrong), BerriAI/litellm#2515 (model). */
const struct dialect dialect_cohere = {
	.name = "cohere",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, MESSAGE("no api key supplied"), NULL },
		[REFUSE_WRONG_KEY] = { 401, MESSAGE("invalid api token"), NULL },
		[REFUSE_MODEL] = { 404, MESSAGE("model '{model}' not found, make sure the correct model ID was used and that you have access to the model."), NULL },
		[REFUSE_PATH] = { 404, "404 page not found", "text/plain; charset=utf-8" },
		[REFUSE_METHOD] = { 405, "", "text/plain" },
		[REFUSE_BODY] = { 400, MESSAGE("{reason}"), NULL },
		[REFUSE_QUOTA] = { 402, MESSAGE("Please add or update your payment method at https://dashboard.cohere.com/billing to continue"), NULL },
		[REFUSE_RATE] = { 429, MESSAGE("trial token rate limit exceeded, limit is 20 api calls per minute"), NULL },
		[REFUSE_DOWN] = { 500, MESSAGE("internal server error, this has been reported to our developers"), NULL },
		/* clang-format on */
	},
};

#define GOOGLE_AUTH(message, reason)                                           \
	"{\"error\":{\"code\":401,\"message\":\"" message                      \
	"\",\"status\":\"UNAUTHENTICATED\",\"details\":[{\"@type\":"           \
	"\"type.googleapis.com/google.rpc.ErrorInfo\",\"reason\":\"" reason    \
	"\",\"domain\":\"googleapis.com\",\"metadata\":{\"service\":"          \
	"\"aiplatform.googleapis.com\"}}]}}"

/* The form: a2aproject/a2a-samples#43. */
const struct dialect dialect_vertex = {
	.name = "vertex",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, GOOGLE_AUTH("Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential.", "CREDENTIALS_MISSING"), NULL },
		[REFUSE_WRONG_KEY] = { 401, GOOGLE_AUTH("Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.", "ACCESS_TOKEN_TYPE_UNSUPPORTED"), NULL },
		[REFUSE_MODEL] = { 404, GOOGLE("404", "NOT_FOUND", "Publisher Model `{model}` was not found or your project does not have access to it. Please ensure you are using a valid model version."), NULL },
		[REFUSE_PATH] = { 404, "<!DOCTYPE html>\n<html lang=en>\n  <title>Error 404 (Not Found)!!1</title>\n  <p><b>404.</b> <ins>That's an error.</ins>\n", "text/html; charset=UTF-8" },
		[REFUSE_BODY] = { 400, GOOGLE("400", "INVALID_ARGUMENT", "{reason}"), NULL },
		[REFUSE_QUOTA] = { 429, GOOGLE("429", "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later."), NULL },
		[REFUSE_RATE] = { 429, GOOGLE("429", "RESOURCE_EXHAUSTED", "Resource exhausted. Please try again later."), NULL },
		[REFUSE_DOWN] = { 503, GOOGLE("503", "UNAVAILABLE", "The service is currently unavailable."), NULL },
		/* clang-format on */
	},
};

/*
 * Of the providers of speech and pictures the answers to no key, a wrong one
 * and an empty body, after their public pages.
 */
#define DEEPGRAM(code, message)                                                \
	"{\"err_code\":\"" code "\",\"err_msg\":\"" message                    \
	"\",\"request_id\":\"00000000-0000-4000-8000-000000000000\"}"

const struct dialect dialect_deepgram = {
	.name = "deepgram",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, DEEPGRAM("INVALID_AUTH", "Invalid credentials."), NULL },
		[REFUSE_WRONG_KEY] = { 401, DEEPGRAM("INVALID_AUTH", "Invalid credentials."), NULL },
		[REFUSE_BODY] = { 400, DEEPGRAM("Bad Request", "Bad Request: failed to process audio: corrupt or unsupported data"), NULL },
		[REFUSE_QUOTA] = { 402, DEEPGRAM("ASR_PAYMENT_REQUIRED", "Project does not have enough credits for an ASR request and does not have an overage agreement."), NULL },
		[REFUSE_RATE] = { 429, DEEPGRAM("TOO_MANY_REQUESTS", "Too many requests. Please try again later"), NULL },
		/* clang-format on */
	},
};

#define ELEVENLABS(status, message)                                            \
	"{\"detail\":{\"status\":\"" status "\",\"message\":\"" message "\"}}"

const struct dialect dialect_elevenlabs = {
	.name = "elevenlabs",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, ELEVENLABS("needs_authorization", "Neither authorization header nor xi-api-key received, please provide one."), NULL },
		[REFUSE_WRONG_KEY] = { 401, ELEVENLABS("invalid_api_key", "Invalid API key"), NULL },
		[REFUSE_PATH] = { 404, "{\"detail\":\"Not Found\"}", NULL },
		[REFUSE_METHOD] = { 405, "{\"detail\":\"Method Not Allowed\"}", NULL },
		[REFUSE_BODY] = { 422, "{\"detail\":[{\"type\":\"missing\",\"loc\":[\"body\",\"text\"],\"msg\":\"Field required\",\"input\":{}}]}", NULL },
		[REFUSE_QUOTA] = { 401, ELEVENLABS("quota_exceeded", "This request exceeds your quota."), NULL },
		[REFUSE_RATE] = { 429, ELEVENLABS("too_many_concurrent_requests", "Too many concurrent requests."), NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_fal = {
	.name = "fal",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"detail\":\"Authentication is required to access this application.\"}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"detail\":\"Cannot access application. Authentication is required to access this application.\"}", NULL },
		[REFUSE_METHOD] = { 405, "{\"detail\":\"Method Not Allowed\"}", NULL },
		[REFUSE_BODY] = { 422, "{\"detail\":[{\"loc\":[\"body\",\"prompt\"],\"msg\":\"field required\",\"type\":\"value_error.missing\"}]}", NULL },
		[REFUSE_QUOTA] = { 403, "{\"detail\":\"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.\"}", NULL },
		/* clang-format on */
	},
};

const struct dialect dialect_huggingface = {
	.name = "huggingface",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, "{\"error\":\"Invalid username or password.\"}", NULL },
		[REFUSE_WRONG_KEY] = { 401, "{\"error\":\"Invalid credentials in Authorization header\"}", NULL },
		[REFUSE_PATH] = { 404, "{\"error\":\"Not Found\"}", NULL },
		[REFUSE_BODY] = { 400, "{\"error\":[\"Error in `inputs`: field required\"]}", NULL },
		[REFUSE_RATE] = { 429, "{\"error\":\"Rate limit reached. Please log in or use a HF access token\"}", NULL },
		[REFUSE_DOWN] = { 503, "{\"error\":\"Model is currently loading\",\"estimated_time\":20.0}", NULL },
		/* clang-format on */
	},
};

#define REPLICATE(title, detail, status)                                       \
	"{\"title\":\"" title "\",\"detail\":\"" detail                        \
	"\",\"status\":" status "}"

const struct dialect dialect_replicate = {
	.name = "replicate",
	.refusals = {
		/* clang-format off */
		[REFUSE_NO_KEY] = { 401, REPLICATE("Unauthenticated", "You did not pass an authentication token", "401"), NULL },
		[REFUSE_WRONG_KEY] = { 401, REPLICATE("Unauthenticated", "You did not pass a valid authentication token", "401"), NULL },
		[REFUSE_PATH] = { 404, "{\"detail\":\"The requested resource could not be found.\",\"status\":404}", NULL },
		[REFUSE_BODY] = { 422, "{\"title\":\"Input validation failed\",\"detail\":\"- input is required\",\"status\":422,\"invalid_fields\":[{\"type\":\"required\",\"field\":\"input\",\"description\":\"input is required\"}]}", NULL },
		[REFUSE_QUOTA] = { 402, REPLICATE("Insufficient credit", "You have insufficient credit to run this model.", "402"), NULL },
		[REFUSE_RATE] = { 429, "{\"detail\":\"Request was throttled. Expected available in 1 second.\",\"status\":429}", NULL },
		/* clang-format on */
	},
};

const struct dialect *const dialects[] = {
	&dialect_openai,
	&dialect_anthropic,
	&dialect_google,
	&dialect_deepseek,
	&dialect_mimo,
	&dialect_cloudflare,
	&dialect_siliconflow,
	&dialect_zhipu,
	&dialect_minimax,
	&dialect_dashscope,
	&dialect_azure,
	&dialect_bedrock,
	&dialect_cohere,
	&dialect_vertex,
	&dialect_deepgram,
	&dialect_elevenlabs,
	&dialect_fal,
	&dialect_huggingface,
	&dialect_replicate,
	NULL,
};
