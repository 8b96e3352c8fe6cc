/* SPDX-License-Identifier: MIT */
#include "cloudflare/ask_internal.h"

#include "base/i18n.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* What the API says no with, in words: code by code where that tells more than
 * its own. */

#define LEAST_PERMISSION "AI Gateway: Read"

/* 9109 is also what a token gets that holds, but not from this address or not
 * for this account: only its words tell. */
bool api_is_unknown_token(const struct api_answer *answer)
{
	int code = answer->code;

	return code == 1000 || code == 6003 || code == 9106 ||
		(code == 9109 && strstr(answer->message, "Invalid"));
}

/* In its own words, which are one masked line; room for MESSAGE and numbers. */
#define SAID_SIZE 512

static const char *said_by(const struct api_answer *answer, char *said)
{
	if (answer->message[0])
		(void)snprintf(said, SAID_SIZE, _("\"%s\" (%d, code %d)"),
			answer->message, answer->status, answer->code);
	else
		(void)snprintf(said, SAID_SIZE, _("no more than %d, code %d"),
			answer->status, answer->code);
	return said;
}

/* Such a token holds, from an address or at a time that is not now's. */
static bool is_elsewhere(const struct api_answer *answer)
{
	return strstr(answer->message, "location") != NULL;
}

static bool refuse_token(const struct api_request *request,
	const struct api_answer *answer, struct error *err)
{
	const char *least =
		request->permission ? request->permission : LEAST_PERMISSION;
	char said[SAID_SIZE];

	error_set(err, STATUS_REFUSED,
		_("%s: the API token is not accepted, so it is wrong, revoked "
		  "or expired; it says %s"),
		_(request->failed), said_by(answer, said));
	return error_next(err,
		_("make one in the dashboard (My Profile or Manage Account, "
		  "API Tokens) with the permission %s"),
		least);
}

/* These cannot be told apart: the API answers the same. */
static bool refuse_right(const struct api_request *request,
	const struct api_answer *answer, struct error *err)
{
	char said[SAID_SIZE];

	if (request->account)
		error_set(err, STATUS_REFUSED,
			_("%s: the API token lacks the permission %s, or "
			  "account %s is not one of its own; it says %s"),
			_(request->failed), request->permission,
			request->account, said_by(answer, said));
	else
		error_set(err, STATUS_REFUSED,
			_("%s: the API token lacks the permission %s; it says "
			  "%s"),
			_(request->failed), request->permission,
			said_by(answer, said));
	return error_next(err,
		_("give the token that permission in the dashboard (API "
		  "Tokens, Edit; Write is called Edit there), then run it "
		  "again"));
}

static bool refuse_for_now(const struct api_request *request,
	const struct api_answer *answer, struct error *err)
{
	error_set(err, STATUS_REFUSED,
		_("%s: too many requests came with this token (429)"),
		_(request->failed));
	if (answer->retry_after > 0)
		return error_next(err,
			ngettext("run it again in %lld second",
				"run it again in %lld seconds",
				(unsigned long)answer->retry_after),
			(long long)answer->retry_after);
	return error_next(err, _("run it again in five minutes"));
}

static bool refuse_other(const struct api_request *request,
	const struct api_answer *answer, struct error *err)
{
	char said[SAID_SIZE];

	if (!answer->document) {
		error_set(err, STATUS_REFUSED,
			_("%s: what answered with %d is not the API"),
			_(request->failed), answer->status);
		error_at(err, "%s", cloudflare_origin());
		return error_next(err,
			_("a proxy may have answered, or Cloudflare is in "
			  "trouble (cloudflarestatus.com): run it again "
			  "later"));
	}
	error_set(err, STATUS_REFUSED, _("%s: it says %s"), _(request->failed),
		said_by(answer, said));
	if (answer->status >= 500)
		return error_next(err,
			_("Cloudflare is in trouble (cloudflarestatus.com): "
			  "run "
			  "it again later"));
	if (answer->code == 7003 && request->account)
		return error_next(err,
			_("see whether %s is the account's ID: 32 characters "
			  "from 0-9 and a-f"),
			request->account);
	if (request->permission && answer->status == 403)
		return error_next(err,
			_("see whether the API token has the permission %s "
			  "(dashboard, API Tokens, Edit; Write is called Edit "
			  "there), then run it again"),
			request->permission);
	return error_next(err, _("correct that, then run it again"));
}

bool api_refuse_form(const char *failed, struct error *err)
{
	error_set(err, STATUS_REFUSED,
		_("%s: its answer does not have the documented form"),
		_(failed));
	return error_next(err,
		_("see whether there is a newer aigenv, which knows a new "
		  "form"));
}

bool api_refuse(const struct api_request *request,
	const struct api_answer *answer, struct error *err)
{
	if (answer->status == 429)
		return refuse_for_now(request, answer, err);
	if (!answer->document)
		return refuse_other(request, answer, err);
	/* What changes something is asked with a token that has just been
	 * accepted: the cause is what the answer says, and not to be guessed.
	 */
	if (!text_equal(request->method, "GET"))
		return refuse_other(request, answer, err);
	if (api_is_unknown_token(answer))
		return refuse_token(request, answer, err);
	if (request->permission &&
		(answer->status == 401 || answer->code == 10000 ||
			(answer->status == 403 && !is_elsewhere(answer))))
		return refuse_right(request, answer, err);
	return refuse_other(request, answer, err);
}
