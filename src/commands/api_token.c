/* SPDX-License-Identifier: MIT */
#include "commands/api_token.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/shell.h"
#include "base/text.h"
#include "os/source.h"

#include <stdlib.h>
#include <string.h>

#define OF_VAULT "vault:"

static bool take_secret(const struct opened *opened, const char *name,
	struct secret *token, struct error *err)
{
	SCOPED(secret_arena) struct secret_arena arena = { 0 };
	const struct secret *value =
		opened_get_secret(opened, name, SLOT_CURRENT, &arena, err);

	if (!value)
		return false;
	secret_copy(token, secret_bytes(value), value->size);
	return true;
}

/* Another profile is read, whatever the command does with its own. */
static bool take_elsewhere(struct session *session, const char *profile,
	const char *name, struct secret *token, struct error *err)
{
	enum session_mode mode = session->mode;
	struct opened *opened = NULL;

	session->mode = SESSION_READ;
	bool ok = session_open_profile(session, profile, &opened, err) &&
		take_secret(opened, name, token, err);
	vault_close(opened);
	session->mode = mode;
	return ok;
}

static bool refuse_unnamed(const char *name, struct error *err)
{
	error_set(err, STATUS_USAGE,
		_("vault:%.128s names no profile, and none is chosen here"),
		name);
	return error_next(err, _("name it: vault:PROFILE/%.128s"), name);
}

static bool take_of_vault(struct session *session, const char *text,
	struct secret *token, struct error *err)
{
	const char *slash = strchr(text, '/');

	if (!session || !session->vault) {
		error_set(err, STATUS_USAGE,
			_("vault: names a secret of a vault, and none is open "
			  "here"));
		return error_next(err,
			_("give the token from env:VAR, @FILE, fd:N or -"));
	}
	OWNED char *profile = slash ? memory_copy(text, (size_t)(slash - text))
		: session->profile  ? memory_text(session->profile)
				    : NULL;
	const char *name = slash ? slash + 1 : text;
	return !profile ? refuse_unnamed(name, err)
		: session->opened && text_equal(profile, session->profile)
		? take_secret(session->opened, name, token, err)
		: take_elsewhere(session, profile, name, token, err);
}

bool api_token_is_of_vault(const char *source)
{
	return source && text_starts_with(source, OF_VAULT);
}

/* What cannot be a token of Cloudflare's is refused before it is sent: they are
 * letters, digits and few signs. */
static bool check_form(const struct secret *token, struct error *err)
{
	const unsigned char *bytes = secret_bytes(token);
	bool good = token->size > 0;

	for (size_t i = 0; i < token->size && good; i++)
		good = bytes[i] > ' ' && bytes[i] < 0x7f &&
			!strchr("\"'`", bytes[i]);
	if (good)
		return true;
	if (token->size == 0)
		error_set(err, STATUS_INVALID,
			_("the Cloudflare API token is empty"));
	else
		error_set(err, STATUS_INVALID,
			_("the Cloudflare API token has a blank, a quote, a "
			  "line end or another character in it that no token "
			  "has"));
	return error_next(err,
		_("make sure that the source holds the token alone, as text"));
}

bool api_token_find(const char *source, struct session *session,
	struct secret *token, struct error *err)
{
	const char *variable = getenv(API_TOKEN_NAME);
	bool taken = false;

	if (api_token_is_of_vault(source))
		taken = take_of_vault(
			session, source + strlen(OF_VAULT), token, err);
	else if (source)
		taken = source_read(source, token, err);
	else if (variable && *variable)
		taken = source_read("env:" API_TOKEN_NAME, token, err);
	else if (session && session->opened &&
		opened_has_secret(session->opened, API_TOKEN_NAME))
		taken = take_secret(
			session->opened, API_TOKEN_NAME, token, err);
	else
		return true;
	return (taken && check_form(token, err)) ||
		error_at(err, "%s", source ? "--api-token" : API_TOKEN_NAME);
}

char *api_token_repeated(const char *source)
{
	OWNED char *word = source ? shell_quoted_short(source) : NULL;

	return word ? memory_printf("--api-token %s", word) : NULL;
}
