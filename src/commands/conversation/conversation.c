/* SPDX-License-Identifier: MIT */
#include "commands/conversation/conversation_internal.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "cli/output.h"
#include "commands/confirm.h"
#include "commands/session_options.h"
#include "commands/take_over.h"
#include "git/gitignore.h"
#include "os/home.h"

#include <stdlib.h>

/* The secrets that the profile has, masked; the names are copies. Owned. */
static struct wizard_secret *present_secrets(struct opened *opened)
{
	size_t count = opened ? opened_secret_count(opened) : 0;
	struct wizard_secret *secrets =
		memory_array(count + 1, sizeof(*secrets));
	struct secret_info info = { .name = NULL };
	SCOPED(secret_arena) struct secret_arena arena = { 0 };

	for (size_t i = 0; i < count && opened_next_secret(opened, &info);
		i++) {
		struct error ignored;
		const struct secret *value = opened_get_secret(
			opened, info.name, SLOT_CURRENT, &arena, &ignored);
		secrets[i].name = memory_text(info.name);
		secrets[i].refused = opened_was_refused(opened, info.name);
		if (value)
			secret_mask(value, secrets[i].mask);
	}
	return secrets;
}

static void free_secrets(struct wizard_secret *secrets)
{
	for (size_t i = 0; secrets && secrets[i].name; i++)
		free(secrets[i].name);
	free(secrets);
}

static void conversation_release(struct conversation *talk)
{
	wizard_close(talk->asking);
	lookout_close(&talk->lookout);
	prompt_close(talk->prompt);
	deployment_release(&talk->deployment);
	if (talk->ignored)
		exposure_lines_free(talk->ignored);
	json_decref(talk->answers);
	json_decref(talk->own_outputs);
	json_decref(talk->present);
	free_secrets(talk->secrets);
	free(talk->profile);
	free(talk->vault_path);
	free(talk->directory);
	free(talk->last_words);
}

static bool begin(
	struct conversation *talk, const char *api_token, struct error *err)
{
	struct setup *setup = talk->setup;
	struct session *session = &setup->workspace.session;
	json_t *present = setup_present_settings(setup);

	talk->present = present ? json_new_copy(present) : NULL;
	talk->secrets = present_secrets(session->opened);
	talk->profile = memory_text(session->profile);
	talk->vault_path = path_shown(session->path);
	talk->directory = memory_text(vault_directory(session->vault));
	talk->vault_was_new = setup->vault_is_new;
	if (!open_terminal(talk->call, &talk->prompt, err))
		return false;
	talk->wizard = (struct wizard){
		.prompt = talk->prompt,
		.profile = talk->profile,
		.vault_path = talk->vault_path,
		.vault_is_new = setup->vault_is_new,
		.present = talk->present,
		.present_secrets = talk->secrets,
		.secrets = talk->said,
		.directory = talk->directory,
	};
	talk->lookout.call = talk->call;
	if (!lookout_open(
		    &talk->lookout, api_token, session, &talk->wizard, err))
		return false;
	output_flush(talk->call->output);
	return wizard_open(&talk->wizard, talk->given, &talk->asking, err) &&
		wizard_ask(talk->asking, err);
}

/* The vault as it is by now, where a failure may have left it another one. */
static bool renew(struct conversation *talk, struct error *err)
{
	struct setup *setup = talk->setup;

	if (!talk->stale)
		return true;
	deployment_release(&talk->deployment);
	setup_release(setup);
	*setup = SETUP(session_options(talk->call), talk->given, talk->said);
	talk->stale = !setup_begin(setup, err);
	return !talk->stale;
}

static bool settle(struct conversation *talk, struct error *err)
{
	if (talk->own_outputs)
		json_put_shared(talk->answers, "outputs", talk->own_outputs);
	return setup_settle(talk->setup, err) &&
		deployment_prepare(&talk->deployment, err);
}

/*
 * Two profiles, one file: "no" gives the profile files of its own instead of
 * ending after all those questions.
 */
static bool settle_files(struct conversation *talk, struct error *err)
{
	struct deployment *deployment = &talk->deployment;

	if (talk->options->dry_run || talk->takes_over ||
		deployment_check_files(deployment, err))
		return true;
	enum status agreed =
		take_over_ask(talk->call, talk->options, deployment, err);
	talk->takes_over = agreed == STATUS_OK;
	if (agreed != STATUS_FOUND)
		return talk->takes_over;
	json_decref(talk->own_outputs);
	talk->own_outputs = take_over_own_outputs(deployment);
	deployment_release(deployment);
	return settle(talk, err);
}

/* Answers become what would be written. */
static bool prepare(struct conversation *talk, struct error *err)
{
	deployment_release(&talk->deployment);
	if (!renew(talk, err))
		return false;
	json_decref(talk->answers);
	talk->answers = wizard_answers(talk->asking);
	talk->setup->answers = talk->answers;
	free(talk->last_words);
	talk->last_words = output_advice(talk->call->output,
		_("Stopped during the test call: the vault has what you gave,\n"
		  "no file of the app was written.\n"
		  "`aigenv init` goes on from here."));
	talk->deployment = (struct deployment){
		.workspace = &talk->setup->workspace,
		.last_words = talk->last_words,
	};
	return settle(talk, err) && settle_files(talk, err);
}

static bool save(struct conversation *talk, struct error *err)
{
	struct setup *setup = talk->setup;
	bool saved = setup_save(setup, err);

	talk->identity_was_made =
		talk->identity_was_made || setup->identity_is_new;
	if (!saved)
		return false;
	talk->saved = true;
	talk->vault_was_changed =
		talk->vault_was_changed || setup->vault_was_changed;
	if (setup->vault_was_changed)
		output_done(talk->call->output, "%s", talk->vault_path);
	return true;
}

static enum next_step write_all(
	struct conversation *talk, enum status *status, struct error *err)
{
	talk->unproven = false;
	if (!deploy_write(talk->call, &talk->deployment, err)) {
		talk->stale = true;
		return NEXT_FAILED;
	}
	farewell(talk);
	*status = deploy_tell_restart(
		talk->call, talk->options, &talk->deployment);
	return NEXT_OVER;
}

/* With the vault: before the files, so that at no moment git would take them
 * in, and before a call that may be the end of it. */
static void write_gitignore(struct conversation *talk)
{
	struct error err = { 0 };
	size_t count = 0;

	if (!talk->ignores)
		return;
	while (talk->ignored[count])
		count++;
	/* Once is enough, also where the call needs a second try. */
	talk->ignores = false;
	if (gitignore_add(talk->directory, (const char *const *)talk->ignored,
		    count, &err)) {
		talk->ignored_written = true;
		output_done(talk->call->output, "%s", GITIGNORE_FILE);
	} else {
		output_warning(talk->call->output,
			_("%s was not changed: %s\n"), GITIGNORE_FILE,
			err.what);
	}
}

/* From the answers to the files, as far as it goes. */
static enum next_step try_all(
	struct conversation *talk, enum status *status, struct error *err)
{
	talk->unproven = false;
	if (!prepare(talk, err))
		return NEXT_FAILED;
	if (talk->options->dry_run) {
		deploy_show(talk->call, &talk->deployment);
		*status = STATUS_OK;
		return NEXT_OVER;
	}
	enum next_step next =
		talk->agreed ? NEXT_WRITE : summary_ask(talk, status, err);
	if (next != NEXT_WRITE)
		return next;
	talk->agreed = true;
	if (!save(talk, err)) {
		talk->stale = true;
		return NEXT_FAILED;
	}
	write_gitignore(talk);
	git_write_drivers(talk);
	prompt_hush(talk->prompt, true);
	talk->unproven =
		!deploy_call(talk->call, talk->options, &talk->deployment, err);
	prompt_hush(talk->prompt, false);
	conversation_reword_advice(talk);
	deploy_show_call(talk->call, &talk->deployment);
	return talk->unproven ? NEXT_FAILED : NEXT_WRITE;
}

static enum next_step take(struct conversation *talk, enum next_step next,
	enum status *status, struct error *err)
{
	switch (next) {
	case NEXT_TRY:
		return try_all(talk, status, err);
	case NEXT_WRITE:
		return write_all(talk, status, err);
	case NEXT_FAILED:
		return failure_ask(talk, status, err);
	case NEXT_BACK:
		talk->agreed = false;
		if (wizard_back(talk->asking, err))
			return NEXT_TRY;
		break;
	case NEXT_OVER:
		break;
	}
	return conversation_over(talk, status, err);
}

enum status converse(const struct invocation *call, struct setup *setup,
	struct given_secrets *secrets, const struct init_values *values,
	struct error *err)
{
	SCOPED(conversation)
	struct conversation talk = { .call = call,
		.options = &values->deploy,
		.setup = setup,
		.given = setup->answers,
		.said = secrets };
	enum status status = STATUS_OK;
	enum next_step next = NEXT_TRY;

	if (!begin(&talk, values->api_token, err))
		next = conversation_over(&talk, &status, err);
	while (next != NEXT_OVER)
		next = take(&talk, next, &status, err);
	return status;
}
