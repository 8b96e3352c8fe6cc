/* SPDX-License-Identifier: MIT */
#include "deploy/proof.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "deploy/remedy.h"
#include "os/clock.h"
#include "os/terminal.h"

/* Shows one line, and only when it has changed. */
static void tell(void *context, const struct verify_progress *now)
{
	struct proof_watch *watch = context;
	int64_t second = now->elapsed_ms / 1000;

	if (now->elapsed_ms < PROOF_QUIET_MS ||
		(second == watch->told_second && now->done == watch->told_done))
		return;
	watch->told_second = second;
	watch->told_done = now->done;
	if (now->all > 1)
		observer_progress(watch->observer,
			_("test calls · %zu of %zu routes have answered · %lld "
			  "s · Ctrl-C stops, the app's files stay as they "
			  "are"),
			now->done, now->all, (long long)second);
	else
		observer_progress(watch->observer,
			_("test call · %s · %s · %lld s · Ctrl-C stops, the "
			  "app's files stay as they are"),
			now->provider, now->model, (long long)second);
}

void proof_observe(struct verify_options *options, struct proof_watch *watch)
{
	watch->told_second = -1;
	watch->told_done = 0;
	options->progress = tell;
	options->progress_context = watch;
	if (watch->last_words)
		terminal_last_words(watch->last_words);
}

void proof_over(const struct proof_watch *watch)
{
	if (watch->last_words)
		terminal_last_words(NULL);
}

static void remember_refused(struct opened *opened,
	const struct verify_result *result, const struct profile *profile)
{
	struct remedy remedy = remedy_of(result, profile);

	if (remedy.count > 0)
		opened_set_refused(
			opened, result->route, remedy.names, remedy.count);
}

void proof_remember(struct opened *opened, const struct verify_results *results,
	size_t subject, const struct profile *profile)
{
	char now[CLOCK_TEXT_SIZE];
	OWNED char *values = opened_values(opened);

	clock_now(now);
	for (size_t i = 0; i < results->count; i++) {
		const struct verify_result *result = &results->items[i];

		if (result->subject != subject || result->direct)
			continue;
		if (result->ok)
			opened_set_proven(opened, result->route, values, now,
				result->log_id);
		else
			remember_refused(opened, result, profile);
	}
}
