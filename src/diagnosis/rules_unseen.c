/* SPDX-License-Identifier: MIT */
/* A paste without the answer's body. */
#include "diagnosis/rules_internal.h"

#include "base/attributes.h"

/* clang-format off */
#define RUN_VERIFY N_("the same request with `curl -i`, which shows what is said")

EITHER(quota_unseen,
	N_("a payment is due: to the provider, or to Cloudflare's billing because no key was sent"),
	SHOW_BODY, PROVIDER_KEY_MISSING, THE_BODY);
EITHER(rate_unseen,
	N_("too many requests, or a quota is used up: the paste does not show whose"),
	SHOW_BODY, QUOTA_EXHAUSTED, THE_BODY);
EITHER(error_unseen,
	N_("the call was refused, and the paste does not show why: the provider's errors of many kinds have this status, and most of the gateway's own"),
	SHOW_BODY, GATEWAY_ERROR, THE_BODY);
EITHER(error_of_gateway,
	N_("the call was refused, and the paste does not show why: most of the gateway's own errors have this status, and some of the provider's"),
	SHOW_BODY, PROVIDER_ERROR, THE_BODY);
SENTENCE(error_direct,
	FIRST_OF(N_("{provider} refused the call, and the paste does not show why"),
		N_("the provider refused the call, and the paste does not show why")),
	SHOW_BODY);
SENTENCE(ok_unseen,
	N_("the call was answered with success; its body is not in the paste"),
	"");
EITHER(money_direct,
	FIRST_OF(N_("{provider} asks for payment: balance or quota is used up"),
		N_("the provider asks for payment: balance or quota is used up")),
	FIRST_OF(N_("top up or change the plan at {provider}"),
		N_("top up or change the plan at the provider")), RATE_LIMITED, RUN_VERIFY);
EITHER(rate_direct,
	FIRST_OF(N_("too many requests at {provider}, or a quota there is used up"),
		N_("too many requests at the provider, or a quota there is used up")),
	FIRST_OF(N_("wait a minute and try again; look at balance and limits at {provider}"),
		N_("wait a minute and try again; look at balance and limits at the provider")),
	QUOTA_EXHAUSTED, THE_BODY);

static const struct rule rows[] = {
	/* A paste that has the status alone: who refused, is not told, unless the
	 * provider was called directly. */
	{ FROM(SPEAKER_UNSEEN), STATUS(402, 402), NEEDS(F(DIRECT)), IS(QUOTA_EXHAUSTED, money_direct) },
	{ FROM(SPEAKER_UNSEEN), STATUS(401, 401), NEEDS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, key_direct) },
	{ FROM(SPEAKER_UNSEEN), STATUS(403, 403), NEEDS(F(DIRECT)), IS(PROVIDER_KEY_REJECTED, forbidden) },
	{ FROM(SPEAKER_UNSEEN), STATUS(429, 429), NEEDS(F(DIRECT)), IS(RATE_LIMITED, rate_direct) },
	{ FROM(SPEAKER_UNSEEN), STATUS(500, 599), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, provider_failed) },
	{ FROM(SPEAKER_UNSEEN), STATUS(400, 400), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, error_direct) },
	{ FROM(SPEAKER_UNSEEN), STATUS(406, 428), NEEDS(F(DIRECT)), IS(PROVIDER_ERROR, error_direct) },
	{ FROM(SPEAKER_UNSEEN), STATUS(401, 401), IS(PROVIDER_KEY_REJECTED, refused_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(403, 403), IS(PROVIDER_KEY_REJECTED, forbidden_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(402, 402), IS(QUOTA_EXHAUSTED, quota_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(SAYS_DOUBLED)), IS(BASE_URL_DOUBLED_VERSION, version_repeated) },
	{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), NEEDS(F(CUSTOM) | F(NO_VERSION)), IS(BASE_URL_MISSING_VERSION, version_missing_perhaps) },
	{ FROM(SPEAKER_UNSEEN), STATUS(404, 405), IS(BASE_URL_WRONG_PATH, path_or_model) },
	{ FROM(SPEAKER_UNSEEN), STATUS(429, 429), IS(RATE_LIMITED, rate_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(500, 599), IS(PROVIDER_ERROR, failed_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(200, 299), IS(OK, ok_unseen) },
	{ FROM(SPEAKER_UNSEEN), STATUS(300, 399), IS(REDIRECTED, redirect) },
	{ FROM(SPEAKER_UNSEEN), STATUS(400, 400), NEEDS(F(THROUGH_GATEWAY)), IS(GATEWAY_ERROR, error_of_gateway) },
	{ FROM(SPEAKER_UNSEEN), IS(PROVIDER_ERROR, error_unseen) },
};
/* clang-format on */

const struct rule_group rules_unseen = { rows, ARRAY_SIZE(rows) };
