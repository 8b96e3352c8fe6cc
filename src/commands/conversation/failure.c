/* SPDX-License-Identifier: MIT */
/* After a failure somebody is asked what to do; only a stop ends the wizard. */
#include "commands/conversation/conversation_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "cli/output.h"
#include "deploy/remedy.h"
#include "ui/choice.h"

/* The first route that failed, or NULL. */
static struct verify_result *find_failed(const struct conversation *talk)
{
	const struct verify_results *results = &talk->deployment.results;

	for (size_t i = 0; talk->unproven && i < results->count; i++)
		if (!results->items[i].ok)
			return &results->items[i];
	return NULL;
}

static struct remedy find_remedy(const struct conversation *talk)
{
	const struct verify_result *failed = find_failed(talk);

	return failed ? remedy_of(failed, &talk->setup->workspace.profile)
		      : (struct remedy){ .setting = NULL };
}

/* Whether the choice of a key, which is the first failed route's, asks for what
 * another one needs, too. */
static bool asks_for(const struct remedy *asked, const struct remedy *needed)
{
	size_t found = 0;

	for (size_t i = 0; i < needed->count; i++)
		for (size_t k = 0; k < asked->count; k++)
			found += text_equal(needed->names[i], asked->names[k]);
	return needed->count > 0 && found == needed->count;
}

void conversation_reword_advice(struct conversation *talk)
{
	struct verify_results *results = &talk->deployment.results;
	const struct remedy first = find_remedy(talk);

	for (size_t i = 0; talk->unproven && i < results->count; i++) {
		struct verify_result *result = &results->items[i];
		const struct remedy remedy =
			remedy_of(result, &talk->setup->workspace.profile);

		if (!result->ok)
			reword_advice(result->advice, sizeof(result->advice),
				asks_for(&first, &remedy));
	}
}

/* The same for what failed before any call, by its place: an app that the
 * ecosystem file does not have. The question about it is begun at then. */
static struct remedy find_answer(
	const struct conversation *talk, const struct error *err)
{
	struct remedy remedy = find_remedy(talk);

	if (!talk->unproven && text_equal(err->where, "pm2.app"))
		remedy.setting = &settings_table[SETTING_PM2_APP];
	return remedy;
}

/* Owned; NULL where no secret was refused. */
static char *describe_key(const struct remedy *remedy)
{
	if (remedy->count == 0)
		return NULL;
	return remedy->count == 1
		? memory_printf(_("give another %s"), remedy->names[0])
		: memory_printf(_("give another %s and another %s"),
			  remedy->names[0], remedy->names[1]);
}

/* The likeliest mend first: it is what Enter takes. */
static bool choose(struct conversation *talk, const struct remedy *remedy,
	char *chosen, struct error *err)
{
	struct choice choices[5];
	size_t count = 0;
	OWNED char *key = describe_key(remedy);
	const struct choice edit = { CHOOSE_EDIT, _("change an answer") };

	if (remedy->count > 0)
		choices[count++] = (struct choice){ CHOOSE_KEY, key };
	if (remedy->setting)
		choices[count++] = edit;
	choices[count++] = (struct choice){ CHOOSE_AGAIN, _("try it again") };
	if (!remedy->setting)
		choices[count++] = edit;
	if (talk->unproven)
		choices[count++] = (struct choice){ CHOOSE_WRITE,
			_("write the files without proof") };
	choices[count++] = (struct choice){ CHOOSE_STOP,
		talk->saved ? _("stop; the vault keeps what you gave")
			    : _("stop; nothing is written") };
	const struct choice_question question = { _("What now?"), choices,
		count, CHOOSE_EDIT };
	return choice_ask(talk->prompt, &question, chosen, err);
}

/* The secrets that were refused, one by one; *back where one was left by <. */
static bool ask_secrets(struct conversation *talk, const struct remedy *remedy,
	bool *back, struct error *err)
{
	*back = false;
	for (size_t i = 0; i < remedy->count && !*back; i++) {
		if (!wizard_ask_secret(talk->asking, remedy->names[i],
			    remedy->route, back, err))
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
	else if (err->status == STATUS_INTERRUPTED)
		error_set(err, STATUS_INTERRUPTED,
			_("interrupted; nothing was written"));
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
	const struct remedy remedy = find_answer(talk, err);
	enum status failed = err->status;
	bool back = true;

	if (failed == STATUS_INTERRUPTED)
		return conversation_over(talk, status, err);
	show(talk, err);
	while (back) {
		char chosen = CHOOSE_STOP;
		*err = (struct error){ 0 };
		if (!choose(talk, &remedy, &chosen, err))
			return conversation_over(talk, status, err);
		if (chosen == CHOOSE_STOP)
			return stop(talk, failed, status, err);
		if (chosen == CHOOSE_WRITE)
			return NEXT_WRITE;
		if (chosen == CHOOSE_AGAIN)
			return NEXT_TRY;
		talk->agreed = talk->agreed && chosen == CHOOSE_KEY;
		bool ok = chosen == CHOOSE_KEY
			? ask_secrets(talk, &remedy, &back, err)
			: wizard_revise(talk->asking, remedy.setting,
				  remedy.route, err);
		if (!ok)
			return conversation_over(talk, status, err);
		back = back && chosen == CHOOSE_KEY;
	}
	return NEXT_TRY;
}
