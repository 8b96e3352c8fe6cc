/* SPDX-License-Identifier: MIT */
/* Further providers behind the same gateway, each with what is its own. */
#include "paste/settle_internal.h"

#include "base/buf.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "paste/provider_words.h"
#include "profile/profile.h"

#include <stdlib.h>
#include <string.h>

static bool is_there(const struct paste *paste, const char *provider)
{
	bool there = text_equal_or_null(paste->provider, provider);

	for (size_t i = 0; i < paste->other_count; i++)
		there = there ||
			text_equal(paste->others[i].provider, provider);
	return there;
}

static bool is_same(const struct secret *a, const struct secret *b)
{
	return a->size > 0 && secret_equal(a, b);
}

static void forget_notes(struct paste *paste, const char *label)
{
	size_t kept = 0;

	for (size_t i = 0; i < paste->note_count; i++) {
		if (text_equal(paste->notes[i].label, label))
			free(paste->notes[i].text);
		else
			paste->notes[kept++] = paste->notes[i];
	}
	paste->note_count = kept;
}

static void forget_key(struct paste *paste)
{
	secret_release(&paste->key);
	free(paste->key_env);
	paste->key_env = NULL;
	forget_notes(paste, "key");
}

/* Whether the paste has more of it than its address; what it would share with
 * the first is not its own. */
static bool is_worth_a_route(const struct paste *paste, struct paste *other)
{
	secret_release(&other->token);
	forget_notes(other, "token");
	bool shared = other->key_env &&
		text_equal_or_null(paste->key_env, other->key_env);
	if (shared || is_same(&paste->key, &other->key) ||
		is_same(&paste->token, &other->key))
		forget_key(other);
	return other->provider &&
		(other->model || other->key_env || other->key.size > 0);
}

static void add_other(struct paste *paste, struct paste *other)
{
	if (paste->other_count < ROUTES_LIMIT - 1 &&
		is_worth_a_route(paste, other)) {
		MEMORY_PUSH(paste->others, paste->other_count, *other);
	} else {
		paste_release(other);
	}
}

static bool is_beside(const struct address *own, const struct address *other)
{
	return other->kind == ADDRESS_GATEWAY && other->provider &&
		!text_equal(other->provider, "compat") &&
		text_equal_or_null(own->origin, other->origin) &&
		text_equal_or_null(own->account_id, other->account_id) &&
		text_equal_or_null(own->gateway, other->gateway);
}

/* The same paste, of which only what is that endpoint's own counts. */
static struct settling apart_from(const struct settling *settling,
	size_t endpoint, const struct address *address, struct paste *other)
{
	*other = (struct paste){ .form = settling->paste->form };
	return (struct settling){
		.paste = other,
		.recognised = settling->recognised,
		.endpoint = endpoint,
		.source = endpoint,
		.address = address,
		.apart = true,
	};
}

/* Behind compat the others are other ways to the same. */
static void take_others(const struct settling *settling)
{
	const struct recognised *recognised = settling->recognised;
	struct paste *paste = settling->paste;

	if (text_equal(paste->provider, "compat"))
		return;
	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		struct paste other;
		struct settling apart =
			apart_from(settling, i, address, &other);
		if (!is_beside(settling->address, address) ||
			is_there(paste, address->provider))
			continue;
		settle_route(&apart);
		add_other(paste, &other);
	}
}

/* Keys by their names, where nothing says which provider is meant: the one that
 * is chosen gets its own. */
static void take_named_keys(const struct settling *settling)
{
	const struct recognised *recognised = settling->recognised;
	struct paste *paste = settling->paste;
	SCOPED(buf) struct buf titles = BUF(4096);

	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct provider *entry = recognised_owner(recognised, i);
		struct paste other;
		struct settling apart = apart_from(
			settling, NO_ENDPOINT, settling->address, &other);
		if (!entry || is_there(paste, entry->segment))
			continue;
		other.provider = memory_text(entry->segment);
		settle_secrets(&apart);
		if (other.key.size > 0)
			buf_listed(&titles, entry->title);
		else
			forget_key(&other);
		add_other(paste, &other);
	}
	if (titles.size == 0)
		return;
	forget_key(paste);
	settle_note(paste, PASTE_REMARK, N_("provider"),
		_("the paste has keys of %s: the one that you choose gets "
		  "its own"),
		buf_cstring(&titles));
}

/* Those without a route, each once: "Anthropic, Groq". */
static void add_title(
	const struct paste *paste, struct buf *titles, const char *segment)
{
	const struct provider *entry = segment ? catalogue_find(segment) : NULL;

	if (!entry || is_there(paste, segment) ||
		text_equal(entry->segment, "compat") ||
		strstr(buf_cstring(titles), entry->title))
		return;
	buf_listed(titles, entry->title);
}

void settle_others(const struct settling *settling)
{
	const struct recognised *recognised = settling->recognised;
	struct paste *paste = settling->paste;
	SCOPED(buf) struct buf titles = BUF(400);

	if (!paste->provider) {
		take_named_keys(settling);
		return;
	}
	take_others(settling);
	for (size_t i = 0; i < recognised->count; i++) {
		const struct address *address =
			&recognised->endpoints[i].address;
		if (address->kind == ADDRESS_GATEWAY)
			add_title(paste, &titles, address->provider);
	}
	for (size_t i = 0; i < recognised->findings->count; i++) {
		const struct finding *finding = &recognised->findings->items[i];
		if (finding->role == ROLE_PROVIDER)
			add_title(paste, &titles,
				provider_of_word(slice_of(finding->value)));
	}
	if (titles.size > 0 && !buf_failed(&titles))
		settle_note(paste, PASTE_REMARK, N_("provider"),
			_("the paste has %s, too, without a key or model: "
			  "say y to \"Another provider?\" where it is wanted"),
			buf_cstring(&titles));
}
