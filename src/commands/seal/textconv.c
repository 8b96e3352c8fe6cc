/* SPDX-License-Identifier: MIT */
#include "commands/seal/textconv.h"

#include "base/json_build.h"
#include "cli/output.h"
#include "os/file.h"
#include "vault/vault.h"
#include "versions/outline.h"

enum status seal_textconv(
	const struct invocation *call, const char *path, struct error *err)
{
	SCOPED(buf) struct buf text = BUF(VAULT_LIMIT);
	SCOPED(buf) struct buf lines = BUF((size_t)16 * VAULT_LIMIT);
	const char *name = NULL;

	if (file_read_argument(path, &name, &text, err))
		outline_format(buf_cstring(&text), text.size, &lines);
	else if (err->status == STATUS_INVALID)
		buf_printf(&lines, OUTLINE_NO_VAULT "%s\n", err->what);
	else
		return err->status;
	output_text(call->output, "%s", buf_cstring(&lines));
	output_json(call->output,
		JSON_RECORD(JSON_VALUE(
			"lines", json_new_lines(buf_cstring(&lines)))));
	return STATUS_OK;
}
