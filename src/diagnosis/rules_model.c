/* SPDX-License-Identifier: MIT */
/* The model, a parameter of the request, and a path where nothing is. */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
SENTENCE(budget_proves, N_("token, key, path and model have passed: only the size of the test was refused"), "");
SENTENCE(parameter_proves, N_("token, key, path and model have passed: only a parameter of the test was refused"), "");
SENTENCE(too_long,
	FIRST_OF(N_("the request is longer than the model {model} takes; token, key and URL were not what {provider} complains of"),
		N_("the request is longer than the model that was asked for takes; token, key and URL were not what {provider} complains of"),
		N_("the request is longer than the model {model} takes; token, key and URL were not what the provider complains of"),
		N_("the request is longer than the model that was asked for takes; token, key and URL were not what the provider complains of")),
	N_("send less of the conversation, or use a model with a larger context"));
SENTENCE(path_wrong,
	N_("{provider} has no API at {base}, neither with its version nor without"),
	FIRST_OF(N_("check {setting} against {show_slug} and the provider's base_url in the dashboard"),
		N_("check the base URL against {show_slug} and the provider's base_url in the dashboard")));
EITHER(path_wrong_custom,
	N_("{provider} has no API at {base}, neither with its version nor without: the path of the base URL is wrong, or the gateway puts /v1 in front and the custom provider's base_url at Cloudflare ends in one too"),
	FIRST_OF(N_("dashboard, AI, AI Gateway, Custom Providers: take a version off the end of the provider's base_url; else check {setting} against {show_slug}"),
		N_("dashboard, AI, AI Gateway, Custom Providers: take a version off the end of the provider's base_url; else check the base URL against {show_slug}")),
	BASE_URL_DOUBLED_VERSION, N_("that base_url"));
SENTENCE(path_known,
	N_("{provider} has no API at {base}, but at {known}"),
	FIRST_OF(N_("`aigenv config set {setting}={'known_path}`, then `aigenv apply`"),
		N_("give the client that base URL")));
SENTENCE(model_no_chat,
	N_("{provider} lists the model {model}, but not for this call"),
	FIRST_OF(N_("`aigenv config set routes.{route}.model={'best}`, then `aigenv apply`: a chat model of {provider}"),
		N_("choose a chat model of {provider}, and set routes.{route}.model to it (`aigenv help config set`)"),
		N_("ask for a chat model of {provider}")));
SENTENCE(parameter_refused,
	N_("token, key, path and model have passed: what is refused is a parameter of the request"),
	N_("change the parameter that the answer names"));
SENTENCE(stream_refused,
	FIRST_OF(N_("the plain call works, but {provider} does not stream this model"),
		N_("the plain call works, but the provider does not stream this model")),
	N_("use it without \"stream\": true, or try another model with `aigenv verify --stream --model`"));

static const struct rule rows[] = {
	/* The model, a parameter, the budget. */
	{ FROM(PROVIDERS), STATUS(400, 499), NEEDS(F(SAYS_MODEL) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ FROM(PROVIDERS), STATUS(400, 404), NEEDS(F(NAMES_MODEL) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ FROM(PROVIDERS), STATUS(400, 499), NEEDS(F(SAYS_PARAMETER) | F(STREAM_ASKED)), IS(PROVIDER_ERROR, stream_refused) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_TOO_LONG) | F(PASTED)), IS(PROVIDER_ERROR, too_long) },
	{ FROM(PROVIDERS), NEEDS(F(SAYS_PARAMETER) | F(PASTED)), IS(PROVIDER_ERROR, parameter_refused) },
	{ FROM(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET) | F(PASTED)), IS(PROVIDER_ERROR, parameter_refused) },
	{ FROM(PROVIDERS), STATUS(400, 400), SAYS("max_completion_tokens"), LACKS(F(RENAMED) | F(PASTED)), ASK(RENAMED), IS(OK, budget_proves) },
	{ FROM(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_BUDGET)), IS(OK, budget_proves) },
	{ FROM(PROVIDERS), STATUS(400, 400), NEEDS(F(SAYS_PARAMETER)), IS(OK, parameter_proves) },
	{ FROM(PROVIDERS), STATUS(404, 404), NEEDS(F(NAMES_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },
	{ FROM(PROVIDERS), STATUS(400, 400), NEEDS(F(NAMES_MODEL)), ASK(MODEL), IS(MODEL_NOT_FOUND, model_unknown) },

	/* Nothing there: the version, the path or the model. */
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_HERE) | F(MODEL_LISTED)), IS(MODEL_NOT_FOUND, model_no_chat) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_HERE)), IS(MODEL_NOT_FOUND, model_unknown) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_OTHER) | F(NO_VERSION)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_OTHER) | F(HAS_VERSION)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(API_KNOWN)), IS(BASE_URL_WRONG_PATH, path_known) },
	{ FROM(PAGES), STATUS(404, 405), NEEDS(F(ONLY_PAGES)), IS(NOT_AN_API, page) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(NO_API) | F(CUSTOM)), LACKS(F(DIRECT)), IS(BASE_URL_WRONG_PATH, path_wrong_custom) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(NO_API)), IS(BASE_URL_WRONG_PATH, path_wrong) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)), ASK(PATH), IS(BASE_URL_MISSING_VERSION, version_missing_perhaps) },
	{ FROM(UPSTREAM | PAGES), STATUS(404, 405), ASK(PATH), IS(BASE_URL_WRONG_PATH, path_or_model) },
	{ FROM(PROVIDERS | PAGES), STATUS(0, 499), NEEDS(F(SAYS_NO_PATH) | F(PASTED)), IS(BASE_URL_WRONG_PATH, path_or_model) },
	/* Some answer 401 with a page at a path that they do not know. */
	{ FROM(PAGES), STATUS(401, 401), NEEDS(F(API_OTHER) | F(NO_VERSION)), LACKS(F(API_HERE)), IS(BASE_URL_MISSING_VERSION, version_missing) },
	{ FROM(PAGES), STATUS(401, 401), NEEDS(F(API_OTHER) | F(HAS_VERSION)), LACKS(F(API_HERE)), IS(BASE_URL_DOUBLED_VERSION, version_doubled) },
};
/* clang-format on */

const struct rule_group rules_model = { rows, ARRAY_SIZE(rows) };
