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

/* What the choice of a key asks for: every secret that a call has refused, each
 * once, and the route that it is asked at. */
struct refused {
	struct {
		const char *name; /* borrowed from the profile */
		size_t route;
	} items[ROUTES_LIMIT + 1];
	size_t count;
};

static bool is_among(const struct refused *refused, const char *name)
{
	for (size_t i = 0; i < refused->count; i++)
		if (text_equal(refused->items[i].name, name))
			return true;
	return false;
}

static void find_refused(
	const struct conversation *talk, struct refused *refused)
{
	const struct verify_results *results = &talk->deployment.results;

	*refused = (struct refused){ .count = 0 };
	for (size_t i = 0; talk->unproven && i < results->count; i++) {
		const struct remedy remedy = remedy_of(
			&results->items[i], &talk->setup->workspace.profile);
		for (size_t k = 0; !results->items[i].ok && k < remedy.count;
			k++) {
			if (refused->count == ARRAY_SIZE(refused->items) ||
				is_among(refused, remedy.names[k]))
				continue;
			refused->items[refused->count].name = remedy.names[k];
			refused->items[refused->count++].route = remedy.route;
		}
	}
}

void conversation_reword_advice(struct conversation *talk)
{
	struct verify_results *results = &talk->deployment.results;

	for (size_t i = 0; talk->unproven && i < results->count; i++) {
		struct verify_result *result = &results->items[i];
		const struct remedy remedy =
			remedy_of(result, &talk->setup->workspace.profile);

		if (!result->ok)
			reword_advice(result->advice, sizeof(result->advice),
				remedy.count > 0);
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
static char *describe_key(const struct refused *refused)
{
	SCOPED(buf) struct buf names = BUF(4096);

	if (refused->count == 0)
		return NULL;
	if (refused->count == 1)
		return memory_printf(
			_("give another %s"), refused->items[0].name);
	if (refused->count == 2)
		return memory_printf(_("give another %s and another %s"),
			refused->items[0].name, refused->items[1].name);
	for (size_t i = 0; i < refused->count; i++)
		buf_listed(&names, refused->items[i].name);
	return memory_printf(_("give others for %s"), buf_cstring(&names));
}

/* The likeliest mend first: it is what Enter takes. */
static bool choose(struct conversation *talk, const struct remedy *remedy,
	const struct refused *refused, char *chosen, struct error *err)
{
	struct choice choices[5];
	size_t count = 0;
	OWNED char *key = describe_key(refused);
	const struct choice edit = { CHOOSE_EDIT, _("change an answer") };

	if (remedy->setting)
		choices[count++] = edit;
	if (key)
		choices[count++] = (struct choice){ CHOOSE_KEY, key };
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
static bool ask_secrets(struct conversation *talk,
	const struct refused *refused, bool *back, struct error *err)
{
	*back = false;
	for (size_t i = 0; i < refused->count && !*back; i++)
		if (!wizard_ask_secret(talk->asking, refused->items[i].name,
			    refused->items[i].route, back, err))
			return false;
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
	struct refused refused;
	enum status failed = err->status;
	bool back = true;

	if (failed == STATUS_INTERRUPTED)
		return conversation_over(talk, status, err);
	show(talk, err);
	find_refused(talk, &refused);
	while (back) {
		char chosen = CHOOSE_STOP;
		*err = (struct error){ 0 };
		if (!choose(talk, &remedy, &refused, &chosen, err))
			return conversation_over(talk, status, err);
		if (chosen == CHOOSE_STOP)
			return stop(talk, failed, status, err);
		if (chosen == CHOOSE_WRITE)
			return NEXT_WRITE;
		if (chosen == CHOOSE_AGAIN)
			return NEXT_TRY;
		talk->agreed = talk->agreed && chosen == CHOOSE_KEY;
		bool ok = chosen == CHOOSE_KEY
			? ask_secrets(talk, &refused, &back, err)
			: wizard_revise(talk->asking, remedy.setting,
				  remedy.route, err);
		if (!ok)
			return conversation_over(talk, status, err);
		back = back && chosen == CHOOSE_KEY;
	}
	return NEXT_TRY;
}
