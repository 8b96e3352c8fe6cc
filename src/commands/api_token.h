/* SPDX-License-Identifier: MIT */
/* The Cloudflare API token, for the commands that ask its REST API. */
#ifndef COMMANDS_API_TOKEN_H
#define COMMANDS_API_TOKEN_H

#include "cli/command.h"
#include "os/secret.h"
#include "session/session.h"

#define API_TOKEN_NAME "CLOUDFLARE_API_TOKEN"

#define API_TOKEN_OPTION(values_, member_, help_)                              \
	OPTION(values_, member_, "api-token", .value = "SOURCE",               \
		.is_file = true, .help = (help_))

/* vault:...: a vault has to be open for it. NULL is none. */
bool api_token_is_of_vault(const char *source);

/*
 * From --api-token, where that is not NULL: a SOURCE (os/source.h), or
 * vault:PROFILE/NAME and vault:NAME, a secret of the session's vault; else from
 * the variable CLOUDFLARE_API_TOKEN, else from the profile's secret of that
 * name. The token stays empty where there is none of these. STATUS_INVALID
 * where it cannot be one by its form. `session` may be NULL: no vault is open.
 */
bool api_token_find(const char *source, struct session *session,
	struct secret *token, struct error *err) MUST_CHECK;

/* "--api-token SOURCE" once more, as a shell reads it, for a command that goes
 * on. NULL where `source` is, or is too long for a message. Owned. */
char *api_token_repeated(const char *source);

#endif
