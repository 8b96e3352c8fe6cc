/* SPDX-License-Identifier: MIT */
#include "gateway/attempt_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "gateway/chat_internal.h"
#include "url/url.h"

#include <stdio.h>
#include <stdlib.h>

static const char *value_of(const struct attempt *attempt, const char *name)
{
	const struct variable *variable =
		name ? variables_find(attempt->variables, name) : NULL;

	return variable && variable->plain ? variable->plain : "";
}

static const struct secret *secret_of(
	const struct attempt *attempt, const char *name)
{
	static const struct secret none = { NULL, 0 };
	const struct variable *variable =
		name ? variables_find(attempt->variables, name) : NULL;

	return variable && variable->secret ? variable->secret : &none;
}

/* CF_AIG_BASE_URL for the first route, CF_AIG_BASE_URL_<ROUTE> for others. */
static const char *rendered_base(const struct attempt *attempt)
{
	const struct route *route = attempt->inquiry.route;
	char name[256] = "CF_AIG_BASE_URL";
	const char *value;

	if (route != &attempt->inquiry.profile->routes[0])
		snprintf(name, sizeof(name), "CF_AIG_BASE_URL_%s", route->name);
	for (char *at = name; *at; at++)
		*at = text_is_alphanumeric(*at) ? text_upper(*at) : '_';
	value = value_of(attempt, name);
	return *value ? value : route->base_url;
}

/* Keys go to the profile's own origin alone. */
static bool check_origin(const struct attempt *attempt, struct error *err)
{
	const struct profile *profile = attempt->inquiry.profile;
	SCOPED(url) struct url base = { 0 };
	SCOPED(url) struct url origin = { 0 };

	if (!url_parse(attempt->inquiry.base, &base, err) ||
		!url_check_scheme(&base, err) ||
		!url_parse(profile->custom_domain ? profile->custom_domain
						  : profile->origin,
			&origin, err))
		return error_at(err, "routes.%s", attempt->inquiry.route->name);
	if (!url_same_origin(&base, &origin)) {
		error_set(err, STATUS_INVALID,
			_("the base URL of route %s is not the profile's "
			  "gateway"),
			attempt->inquiry.route->name);
		return error_next(err,
			_("a variable of the profile overrides "
			  "CF_AIG_BASE_URL: `aigenv config get` shows it"));
	}
	return true;
}

static bool refuse_without_direct(
	const struct attempt *attempt, struct error *err)
{
	const struct route *route = attempt->inquiry.route;
	const char *known = route->entry ? route->entry->direct_base_url : "";

	error_set(err, STATUS_INVALID,
		_("route %s has no direct_url: there is nothing to call "
		  "without the gateway"),
		route->name);
	error_at(err, _("%s: routes.%s.direct_url"),
		attempt->inquiry.profile->name, route->name);
	/* Of some a part is the account's own: {region}. */
	if (!*known || strchr(known, '{'))
		return error_next(err,
			_("routes.%s.direct_url is the base URL that the "
			  "provider's own documentation names: `aigenv help "
			  "config set` shows how it is set"),
			route->name);
	OWNED char *address = shell_quoted(known);
	return error_next(err, _("`aigenv config set routes.%s.direct_url=%s`"),
		route->name, address);
}

static bool use_direct_url(struct attempt *attempt, struct error *err)
{
	const struct route *route = attempt->inquiry.route;

	if (route->credential != CREDENTIAL_HEADER) {
		error_set(err, STATUS_INVALID,
			_("route %s sends no provider key: it can only be "
			  "called through the gateway"),
			route->name);
		return error_next(
			err, _("run `aigenv verify` without --direct"));
	}
	attempt->inquiry.base = route->direct_url;
	return route->direct_url || refuse_without_direct(attempt, err);
}

bool attempt_init(struct attempt *attempt, struct error *err)
{
	const struct route *route = attempt->inquiry.route;
	const char *model = value_of(attempt, route->model_env);

	attempt->inquiry.token = secret_of(attempt, "CF_AIG_TOKEN");
	attempt->inquiry.key = secret_of(attempt,
		route->credential == CREDENTIAL_HEADER ? route->key_env : NULL);
	attempt->inquiry.model = attempt->options->model
		? attempt->options->model
		: *model       ? model
		: route->model ? route->model
			       : "";
	attempt->inquiry.base = rendered_base(attempt);
	attempt->result->model = attempt->inquiry.model;
	if (attempt->options->direct) {
		if (!use_direct_url(attempt, err))
			return false;
	} else if (!check_origin(attempt, err)) {
		return false;
	}
	attempt->inquiry.known = facts_of_request(&attempt->inquiry);
	attempt->test.reading.speaker = SPEAKER_UNASKED;
	return true;
}

enum call_kind attempt_first_call(const struct attempt *attempt)
{
	return route_has_chat(attempt->inquiry.route) || attempt->result->direct
		? CALL_TEST
		: CALL_TOKEN_ALONE;
}

void attempt_release(struct attempt *attempt)
{
	call_release(&attempt->test);
	for (size_t i = 0; i < attempt->probe_count; i++)
		call_release(&attempt->probes[i]);
	free(attempt->probes);
	attempt->probes = NULL;
	attempt->probe_count = 0;
}
