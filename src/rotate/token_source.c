/* SPDX-License-Identifier: MIT */
#include "rotate/token_source.h"

#include "base/i18n.h"
#include "base/json.h"
#include "os/clock.h"

#define SECONDS_OF_DAY 86400

static void tell_pause(void *context, int64_t seconds_left)
{
	const struct token_source *source = context;

	observer_progress(source->observer,
		_("Cloudflare's API wants a pause of %lld s"),
		(long long)seconds_left);
}

/* Without the API token: others are looked up with themselves. */
static bool open_client(struct token_source *source, struct error *err)
{
	const bool given = source->api_token && source->api_token->size > 0;

	if (source->client)
		return true;
	if (!cloudflare_open(
		    &source->client, given ? source->api_token : NULL, err))
		return false;
	cloudflare_tell(source->client, tell_pause, source);
	return true;
}

bool token_source_check(const struct secret *api_token, struct error *err)
{
	if (api_token && api_token->size > 0)
		return true;
	return error_tell(err, STATUS_USAGE,
		_("making and revoking a gateway token needs a Cloudflare API "
		  "token, and none was given"),
		_("set CLOUDFLARE_API_TOKEN, or give --api-token SOURCE: a "
		  "token with the permission Account API Tokens: Write (an "
		  "account's) or API Tokens: Write (yours)"));
}

/* An account's own token knows no user. */
static void take_owner(struct token_source *source, enum cloudflare_owner owner)
{
	source->owners[source->owner_count++] = CLOUDFLARE_ACCOUNT;
	if (owner == CLOUDFLARE_USER)
		source->owners[source->owner_count++] = CLOUDFLARE_USER;
}

/* With the API token, once it is known whose it is. */
static bool look_up(struct token_source *source, const struct secret *value,
	struct cloudflare_token *found, struct error *err)
{
	return open_client(source, err) &&
		cloudflare_look_up(
			source->client, source->account, value, found, err);
}

static bool open_manager(struct token_source *source, struct error *err)
{
	SCOPED(cloudflare_token) struct cloudflare_token manager = { 0 };

	if (source->owner_count > 0)
		return true;
	if (!token_source_check(source->api_token, err) ||
		!look_up(source, source->api_token, &manager, err))
		return false;
	bool known = manager.id != NULL && manager.active;
	if (known)
		take_owner(source, manager.owner);
	if (known)
		return true;
	return error_tell(err, STATUS_REFUSED,
		_("Cloudflare's API does not accept the API token: it is "
		  "wrong, "
		  "revoked or expired"),
		_("make one in the dashboard (My Profile or Manage Account, "
		  "API Tokens) with the permission Account API Tokens: Write "
		  "or "
		  "API Tokens: Write"));
}

static void prefer(struct token_source *source, enum cloudflare_owner owner)
{
	for (size_t i = 1; i < source->owner_count; i++) {
		enum cloudflare_owner first = source->owners[0];
		if (source->owners[i] != owner)
			continue;
		source->owners[0] = owner;
		source->owners[i] = first;
	}
}

/* The first kind for which the API token has the permission is tried first.
 * The error is the one of the kind that was preferred. */
static bool find_permission(struct token_source *source, struct error *err)
{
	struct error other;

	for (size_t i = 0; i < source->owner_count; i++) {
		if (cloudflare_may_create(source->client, source->owners[i],
			    source->account, i == 0 ? err : &other)) {
			prefer(source, source->owners[i]);
			return true;
		}
		if ((i == 0 ? err : &other)->status != STATUS_REFUSED)
			break;
	}
	return false;
}

static bool identify(void *context, const struct secret *present, char **id,
	struct error *err)
{
	struct token_source *source = context;
	SCOPED(cloudflare_token) struct cloudflare_token found = { 0 };

	if (!open_manager(source, err) ||
		!look_up(source, present, &found, err))
		return false;
	if (found.id)
		prefer(source, found.owner);
	if (!find_permission(source, err))
		return false;
	*id = found.id;
	found.id = NULL;
	return true;
}

/* Taking back */

static bool delete_all(struct token_source *source, enum cloudflare_owner owner,
	const json_t *ids, struct error *err)
{
	JSON_EACH(id, ids) {
		bool found;
		if (!cloudflare_delete_token(source->client, owner,
			    source->account, json_string_value(id.value),
			    &found, err))
			return false;
	}
	return true;
}

/* Of each kind that can be seen; it is enough that one can. */
static bool purge(
	struct token_source *source, const char *label, struct error *err)
{
	bool seen = false;
	struct error first = { 0 };

	for (size_t i = 0; i < source->owner_count; i++) {
		JSON_SCOPED json_t *ids = cloudflare_find_tokens(source->client,
			source->owners[i], source->account, label, err);
		if (!ids && err->status != STATUS_REFUSED)
			return false;
		if (!ids && first.status == STATUS_OK)
			first = *err;
		if (ids && !delete_all(source, source->owners[i], ids, err))
			return false;
		seen = seen || ids;
	}
	if (!seen)
		*err = first;
	return seen;
}

static bool delete_by_id(struct token_source *source, const char *id,
	bool *found, struct error *err)
{
	struct error first = { 0 };

	*found = false;
	for (size_t i = 0; i < source->owner_count && !*found; i++)
		if (!cloudflare_delete_token(source->client, source->owners[i],
			    source->account, id, found, err) &&
			first.status == STATUS_OK)
			first = *err;
	if (*found || first.status == STATUS_OK)
		return true;
	*err = first;
	return false;
}

static bool discard(
	void *context, const char *label, const char *id, struct error *err)
{
	struct token_source *source = context;
	bool found;

	if (!id && source->purged && !source->sent)
		return true;
	if (!open_manager(source, err))
		return false;
	return id ? delete_by_id(source, id, &found, err)
		  : purge(source, label, err);
}

/* Making */

static bool create(struct token_source *source, const char *label,
	const char *expires, struct cloudflare_token *made, struct error *err)
{
	struct error first = { 0 };

	for (size_t i = 0; i < source->owner_count; i++) {
		made->owner = source->owners[i];
		bool ok = cloudflare_create_token(source->client,
			source->account, label, expires, made, err);
		source->sent = ok || made->maybe;
		if (ok)
			return true;
		if (source->sent || err->status != STATUS_REFUSED)
			return false;
		if (first.status == STATUS_OK)
			first = *err;
	}
	*err = first;
	return false;
}

static bool obtain(void *context, const char *label, struct rotate_value *value,
	struct error *err)
{
	struct token_source *source = context;
	struct cloudflare_token made;
	char expires[CLOCK_TEXT_SIZE];

	clock_format(clock_seconds() + source->days * SECONDS_OF_DAY, expires);
	if (!open_manager(source, err) || !purge(source, label, err))
		return false;
	source->purged = true;
	if (!create(source, label, source->days > 0 ? expires : NULL, &made,
		    err))
		return false;
	*value = (struct rotate_value){
		.value = made.value, .id = made.id, .expires = made.expires
	};
	return true;
}

static bool is_active(void *context, const struct secret *value, bool *active,
	struct error *err)
{
	struct token_source *source = context;
	SCOPED(cloudflare_token) struct cloudflare_token found = { 0 };

	if (!look_up(source, value, &found, err))
		return false;
	*active = found.id && found.active;
	return true;
}

/* Revoking */

/* It is not there for this API token, and holds all the same. */
static bool refuse_revoking(const char *id, struct error *err)
{
	error_set(err, STATUS_REFUSED,
		_("Cloudflare's API does not revoke the old token: the API "
		  "token cannot see the one with the ID %s, which is another "
		  "user's or the account's"),
		id);
	return false;
}

/* That it is gone is asked with the old token itself. */
static bool is_gone(struct token_source *source, const struct secret *value,
	bool *gone, struct error *err)
{
	SCOPED(cloudflare_token) struct cloudflare_token found = { 0 };

	if (!look_up(source, value, &found, err))
		return false;
	*gone = found.id == NULL;
	return true;
}

static bool revoke(void *context, const struct secret *value, const char *id,
	struct error *err)
{
	struct token_source *source = context;
	bool done = false;

	if (!is_gone(source, value, &done, err))
		return false;
	if (done)
		return true;
	if (!open_manager(source, err) || !delete_by_id(source, id, &done, err))
		return false;
	return done || refuse_revoking(id, err);
}

struct rotate_source token_source(struct token_source *source)
{
	return (struct rotate_source){
		.makes = true,
		.identify = identify,
		.obtain = obtain,
		.is_active = is_active,
		.discard = discard,
		.revoke = revoke,
		.context = source,
	};
}

void token_source_release(struct token_source *source)
{
	cloudflare_close(source->client);
	source->client = NULL;
}
