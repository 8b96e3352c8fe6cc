/* SPDX-License-Identifier: MIT */
/* What to do after something failed: never the end, unless that is wished. */
#include "commands/conversation_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "deploy/remedy.h"
#include "ui/choice.h"

#include <stdlib.h>
#include <string.h>

/* What can be changed after the call: of the first route that failed. */
struct mending {
	struct verify_result *result; /* that failed; or NULL */
	struct remedy remedy;
	size_t route;
	const char *names[REMEDY_NAMES];
	size_t count;
};

static struct mending find_mending(const struct conversation *talk)
{
	const struct verify_results *results = &talk->deployment.results;
	const struct profile *profile = &talk->setup->workspace.profile;
	struct mending mending = { .route = 0 };

	for (size_t i = 0; talk->unproven && i < results->count; i++) {
		struct verify_result *result = &results->items[i];
		if (result->ok)
			continue;
		mending.result = result;
		mending.remedy = remedy_of(result->diagnosis);
		mending.route = remedy_route(result, profile);
		mending.count = remedy_names(result, profile, mending.names);
		break;
	}
	return mending;
}

void conversation_reword_advice(struct conversation *talk)
{
	const struct mending mending = find_mending(talk);

	if (mending.result)
		reword_advice(mending.result->advice,
			sizeof(mending.result->advice), mending.count > 0);
}

/* Owned; NULL where no secret was refused. */
static char *describe_key(const struct mending *mending)
{
	if (mending->count == 0)
		return NULL;
	return mending->count == 1
		? memory_printf(_("give another %s"), mending->names[0])
		: memory_printf(_("give another %s and another %s"),
			  mending->names[0], mending->names[1]);
}

/* The likeliest mend first: it is what Enter takes. */
static bool choose(struct conversation *talk, const struct mending *mending,
	char *chosen, struct error *err)
{
	struct choice choices[5];
	size_t count = 0;
	char *key = describe_key(mending);
	const struct choice edit = { CHOOSE_EDIT, _("change an answer") };

	if (mending->count > 0)
		choices[count++] = (struct choice){ CHOOSE_KEY, key };
	if (mending->remedy.setting)
		choices[count++] = edit;
	choices[count++] = (struct choice){ CHOOSE_AGAIN, _("try it again") };
	if (!mending->remedy.setting)
		choices[count++] = edit;
	if (talk->unproven)
		choices[count++] = (struct choice){ CHOOSE_WRITE,
			_("write the files without proof") };
	choices[count++] = (struct choice){ CHOOSE_STOP,
		talk->saved ? _("stop; the vault keeps what you gave")
			    : _("stop; nothing is written") };
	const struct choice_question question = { _("What now?"), choices,
		count, CHOOSE_EDIT };
	bool ok = choice_ask(talk->prompt, &question, chosen, err);
	free(key);
	return ok;
}

/* The secrets that were refused, one by one; *back where one was left by <. */
static bool ask_secrets(struct conversation *talk,
	const struct mending *mending, bool *back, struct error *err)
{
	*back = false;
	for (size_t i = 0; i < mending->count && !*back; i++) {
		if (!wizard_ask_secret(talk->asking, mending->names[i],
			    mending->route, back, err))
			return false;
	}
	return true;
}

/* The results of a call are shown already. */
static void show(const struct conversation *talk, const struct error *err)
{
	if (!talk->unproven || !talk->deployment.verified)
		output_error(talk->call->output, err);
}

enum next_step conversation_over(
	const struct conversation *talk, enum status *status, struct error *err)
{
	if (talk->saved)
		error_next(err,
			_("the vault has what you gave; `aigenv init` goes on "
			  "from here"));
	*status = err->status;
	return NEXT_OVER;
}

static enum next_step stop(const struct conversation *talk, enum status failed,
	enum status *status, struct error *err)
{
	error_set(err, failed,
		talk->unproven ? _("stopped; no file of the app was written")
			       : _("stopped"));
	return conversation_over(talk, status, err);
}

enum next_step failure_ask(
	struct conversation *talk, enum status *status, struct error *err)
{
	const struct mending mending = find_mending(talk);
	enum status failed = err->status;
	bool back = true;

	if (failed == STATUS_INTERRUPTED)
		return conversation_over(talk, status, err);
	show(talk, err);
	while (back) {
		char chosen = CHOOSE_STOP;
		*err = (struct error){ 0 };
		if (!choose(talk, &mending, &chosen, err))
			return conversation_over(talk, status, err);
		if (chosen == CHOOSE_STOP)
			return stop(talk, failed, status, err);
		if (chosen == CHOOSE_WRITE)
			return NEXT_WRITE;
		if (chosen == CHOOSE_AGAIN)
			return NEXT_TRY;
		talk->agreed = talk->agreed && chosen == CHOOSE_KEY;
		bool ok = chosen == CHOOSE_KEY
			? ask_secrets(talk, &mending, &back, err)
			: wizard_revise(talk->asking, mending.remedy.setting,
				  mending.route, err);
		if (!ok)
			return conversation_over(talk, status, err);
		back = back && chosen == CHOOSE_KEY;
	}
	return NEXT_TRY;
}
