/* SPDX-License-Identifier: MIT */
#include "deploy/proof.h"

#include "base/i18n.h"
#include "os/clock.h"

static void tell(void *context, size_t done, size_t all)
{
	const struct observer *observer = context;

	if (all > 1)
		observer_progress(observer,
			_("%zu of %zu routes have answered"), done, all);
}

void proof_observe(struct verify_options *options, struct observer *observer)
{
	options->progress = tell;
	options->progress_context = observer;
}

void proof_remember(struct opened *opened, const struct verify_results *results,
	size_t subject)
{
	char now[CLOCK_TEXT_SIZE];

	clock_now(now);
	for (size_t i = 0; i < results->count; i++) {
		const struct verify_result *result = &results->items[i];

		if (result->subject == subject && result->ok && !result->direct)
			opened_set_proven(
				opened, result->route, now, result->log_id);
	}
}
