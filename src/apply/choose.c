/* SPDX-License-Identifier: MIT */
#include "apply/choose.h"

#include "apply/user_template.h"
#include "base/buf.h"
#include "base/i18n.h"
#include "base/text.h"
#include "template/builtin.h"

/* Who means one of their own is told which there are; it has to be an output's,
 * whose settings have its hash. */
static bool advise_own(const struct profile *profile, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1024);

	for (size_t i = 0; i < profile->output_count; i++)
		if (user_template_is(profile->outputs[i].template))
			buf_listed(&names, profile->outputs[i].template);
	return names.size
		? error_next(err,
			  _("the profile's outputs have %s; `aigenv help "
			    "templates` says how another is added"),
			  buf_cstring(&names))
		: error_next(err,
			  _("no output of the profile has one of your own; "
			    "`aigenv help templates` says how one is added"));
}

static bool refuse_template(
	const struct profile *profile, const char *name, struct error *err)
{
	SCOPED(buf) struct buf names = BUF(1024);

	for (const struct builtin_template *at = builtin_templates(); at->name;
		at++)
		buf_listed(&names, at->name);
	error_set(err, STATUS_INVALID, _("no template is called \"%.60s\""),
		name);
	return user_template_is(name)
		? advise_own(profile, err)
		: error_next(err, _("built in are: %s"), buf_cstring(&names));
}

static bool choose_builtin(const struct profile *profile, const char *name,
	struct profile_output *output, struct error *err)
{
	const struct builtin_template *builtin = builtin_find(name);

	if (!builtin)
		return refuse_template(profile, name, err);
	*output = (struct profile_output){ .template = builtin->name,
		.path = builtin->default_path };
	return true;
}

bool choose_output(const struct profile *profile, const char *path,
	const char *template, struct profile_output *output, struct error *err)
{
	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *candidate = &profile->outputs[i];
		bool meant = template
			? text_equal(candidate->template, template)
			: !path || text_equal(candidate->path, path);
		if (meant) {
			*output = *candidate;
			return true;
		}
	}
	if (template)
		return choose_builtin(profile, template, output, err);
	error_set(err, STATUS_INVALID,
		_("the profile has no output \"%.120s\""), path ? path : "");
	error_at(err, _("profile %s"), profile->name);
	return error_next(err, _("`aigenv profile show %s` lists its outputs"),
		profile->name);
}
