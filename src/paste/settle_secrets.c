/* SPDX-License-Identifier: MIT */
/* The two secrets of a paste, and the variable of the key. */
#include "paste/settle_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/variable_name.h"
#include "catalogue/key_prefix.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

/* The name in "${NAME}", where it can be a key's variable. */
static void take_key_env(struct paste *paste, const char *value, size_t size)
{
	if (paste->key_env || size < 4 || memcmp(value, "${", 2) != 0 ||
		value[size - 1] != '}')
		return;
	char *name = memory_copy(value + 2, size - 3);
	bool good = variable_name_is_allowed(name) && strchr(name, '_') &&
		text_is_upper(name[0]);
	enum role role = role_of(slice_of(name));
	bool workers = text_equal_or_null(paste->provider, "workers-ai");
	if (good && role != ROLE_TOKEN && (role != ROLE_API_TOKEN || workers))
		paste->key_env = name;
	else
		free(name);
}

/* What was found for one of the two secrets. */
struct candidate {
	const struct finding *finding;
	const char *value;
	size_t size;
};

static struct candidate candidate_of(const struct finding *finding)
{
	struct slice value = finding ? without_scheme((struct slice){
					       finding->value, finding->size })
				     : (struct slice){ NULL, 0 };

	return (struct candidate){ finding, value.at, value.size };
}

/* The gateway's token in the key's place, too: it is no substitute for one. */
static bool is_same(const struct finding *key, const struct finding *token)
{
	if (!key || !token || key == token)
		return false;
	struct slice a =
		without_scheme((struct slice){ key->value, key->size });
	struct slice b =
		without_scheme((struct slice){ token->value, token->size });

	return (is_cloudflare_token(a) || slice_begins(a, "${")) &&
		slice_equal(a, b);
}

/* A key that is not in the paste: the variable that is to hold it. */
static void name_key(struct paste *paste, const struct candidate *found)
{
	const struct finding *finding = found->finding;
	bool names = role_of(slice_of(finding->from)) == ROLE_KEY_NAME;
	bool refers = found->size > 2 && memcmp(found->value, "${", 2) == 0;
	/* export ANTHROPIC_API_KEY=$ELSEWHERE is ANTHROPIC_API_KEY's, and so is
	 * OPENAI_API_KEY = credentials('openai') OPENAI_API_KEY's;
	 * spring.ai.openai.api-key=${ELSEWHERE} is no variable's. */
	bool own = recognised_is_variable(finding) &&
		(finding->variable ||
			(refers && !text_is_upper(found->value[2])));

	if (names || (refers && !own))
		take_key_env(paste, found->value, found->size);
	else if (!paste->key_env && recognised_is_variable(finding))
		paste->key_env = memory_text(finding->from);
}

static void settle_secret(struct settling *settling, enum secret_kind kind,
	const struct candidate *found, struct secret *secret)
{
	struct paste *paste = settling->paste;
	bool token = kind == SECRET_GATEWAY_TOKEN;
	const char *label = token ? N_("token") : N_("key");
	const struct provider *entry =
		paste->provider ? catalogue_find(paste->provider) : NULL;
	char mask[SECRET_MASK_SIZE];
	struct error err;

	if (!found->finding) {
		settle_note(paste, PASTE_MISSING, label, PASTE_ABSENT);
		return;
	}
	if (is_no_secret((struct slice){ found->value, found->size })) {
		if (!token)
			name_key(paste, found);
		settle_placeholder(paste, label, found->value, found->size);
		return;
	}
	struct slice text = { found->value, found->size };
	bool path = is_path_of_key(text);
	if (path || is_list_of_keys(text)) {
		if (!token)
			name_key(paste, found);
		settle_note(paste, PASTE_MISSING, label,
			path ? _("not taken: %.40s holds the path of a file")
			     : _("not taken: %.40s holds several"),
			found->finding->from);
		return;
	}
	secret_copy(secret, found->value, found->size);
	bool good = profile_check_secret(
			    kind, found->finding->from, entry, secret, &err) &&
		(token ||
			profile_check_key_owner(
				found->finding->from, entry, secret, &err));
	if (!good) {
		secret_release(secret);
		settle_note(paste, PASTE_MISSING, label, _("not taken: %s"),
			err.what);
		return;
	}
	secret_mask(secret, mask);
	settle_note(paste, PASTE_TOOK, label, "%s (%.40s)", mask,
		found->finding->from);
}

/* How many variables hold a key that may be this endpoint's. */
static size_t count_keys(const struct settling *settling)
{
	const struct recognised *recognised = settling->recognised;
	size_t count = 0;

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		size_t owner = recognised->belongs[i].endpoint;
		count += finding->role == ROLE_KEY &&
			(finding->variable ||
				(!settling->paste->provider &&
					recognised_is_variable(finding))) &&
			(owner == NO_ENDPOINT || owner == settling->source);
	}
	return count;
}

/* Whether a key is named after somebody else than the provider. */
static bool is_somebody_elses(
	const struct paste *paste, const struct finding *key)
{
	return recognised_is_strangers(key, paste->provider) ||
		(paste->provider && recognised_is_others(key, paste->provider));
}

/* createOpenAI({apiKey}) beside createAnthropic(), which is meant. */
static bool is_another_makers(
	const struct settling *settling, const struct finding *key)
{
	const char *provider = settling->paste->provider;
	const char *maker = settling->named
		? recognised_maker(settling->recognised, key)
		: NULL;

	return maker && provider && !text_equal(provider, "compat") &&
		!text_equal(maker, provider);
}

/* In an .env with many keys, the one that the provider's own name holds. */
static const struct finding *find_key(const struct settling *settling)
{
	const struct paste *paste = settling->paste;
	const struct finding *named = paste->provider
		? recognised_key_by_name(settling->recognised, settling->source,
			  recognised_key_owner(paste->provider, paste->model))
		: NULL;

	/* No address says whose it is: the SDK that it is given to does. */
	const struct finding *made = settling->named
		? recognised_made_by(
			  settling->recognised, ROLE_KEY, paste->provider)
		: NULL;

	if (named || made)
		return named ? named : made;
	if (count_keys(settling) < 2 || settling->apart) {
		const struct finding *only = settle_find(settling, ROLE_KEY);
		return only &&
				(is_somebody_elses(paste, only) ||
					is_another_makers(settling, only))
			? NULL
			: only;
	}
	settle_note(settling->paste, PASTE_REMARK, N_("key"),
		_("the paste has several keys, and none by this provider's "
		  "name"));
	return NULL;
}

/* Authorization carries the key; a Cloudflare token in it is a token. */
void settle_secrets(struct settling *settling)
{
	struct paste *paste = settling->paste;
	const struct finding *token_finding = recognised_token(
		settling->recognised, settling->endpoint, paste->provider);
	const struct finding *key_finding = find_key(settling);
	const struct finding *either = settle_find(settling, ROLE_EITHER);
	/* Of Cloudflare's REST API only Workers AI takes it for a key. */
	bool rest = settling->address->kind == ADDRESS_REST &&
		!text_equal_or_null(paste->provider, "workers-ai");

	if (token_finding && token_finding == either &&
		text_equal_ignoring_case(either->from, "authorization"))
		settle_note(paste, PASTE_REMARK, N_("token"),
			_("an app sends it as cf-aig-authorization; "
			  "Authorization is the provider key's place"));
	if (key_finding == token_finding || is_same(key_finding, token_finding))
		key_finding = NULL;
	if (is_same(either, token_finding))
		either = NULL;
	if (!key_finding && either && either != token_finding && !rest)
		key_finding = either;
	struct candidate token = candidate_of(token_finding);
	struct candidate key = candidate_of(key_finding);
	settle_secret(settling, SECRET_GATEWAY_TOKEN, &token, &paste->token);
	settle_secret(settling, SECRET_PROVIDER_KEY, &key, &paste->key);
	if (paste->key.size > 0 && key.finding &&
		recognised_is_variable(key.finding) && !paste->key_env)
		paste->key_env = memory_text(key.finding->from);
}
