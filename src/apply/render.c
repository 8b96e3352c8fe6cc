/* SPDX-License-Identifier: MIT */
#include "apply/render.h"

#include "apply/render_internal.h"
#include "base/i18n.h"
#include "os/directory.h"
#include "os/file.h"

/* Today's bytes, where there is a file. */
static bool read_before(struct rendered *rendered, struct error *err)
{
	bool missing = false;

	rendered->exists =
		file_read(rendered->path, &rendered->before, &missing, err);
	return rendered->exists || missing;
}

static bool render_into(const struct render_input *input,
	struct rendered *rendered, struct error *err)
{
	const char *path = rendered->output->path;

	if (!path_check_inside(input->directory, path, err))
		return error_at(err, "outputs: %s", path);
	rendered->path = path_join(input->directory, path);
	if (!read_before(rendered, err))
		return false;
	bool edits = rendered->builtin && rendered->builtin->edits;
	bool ok = edits ? render_env(input, rendered, err)
			: render_whole(input, rendered, err);
	if (!ok)
		return false;
	if (buf_failed(&rendered->after)) {
		error_set(err, STATUS_INVALID, _("the output is too large"));
		error_at(err, "%s", path);
		return error_next(err,
			_("move what is not the app's variables out of it"));
	}
	rendered->changed = !rendered->exists ||
		!buf_equal(&rendered->before, &rendered->after);
	return true;
}

bool render_output(const struct render_input *input,
	const struct profile_output *output, struct rendered *rendered,
	struct error *err)
{
	struct rendered made = { .output = output,
		.builtin = builtin_find(output->template),
		.before = BUF(TEMPLATE_OUTPUT_LIMIT),
		.after = BUF(TEMPLATE_OUTPUT_LIMIT),
		.written = json_incref(input->managed_before) };

	if (!render_into(input, &made, err)) {
		rendered_release(&made);
		return false;
	}
	*rendered = made;
	return true;
}
