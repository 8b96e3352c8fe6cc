/* SPDX-License-Identifier: MIT */
#include "commands/commands.h"

#include "base/i18n.h"
#include "base/json.h"
#include "cli/output.h"
#include "commands/session_options.h"
#include "session/workspace.h"
#include "settings/value.h"

static run_command run;

const struct command command_profile_show = {
	.name = "show",
	.arguments = "[PROFILE]",
	.summary = N_("routes, base URLs, outputs, secrets' names, recipients"),
	.examples = EXAMPLES({ "aigenv profile show staging", NULL }),
	.statuses = read_statuses,
	.needs = NEEDS_VAULT | NAMES_PROFILES,
	.most = 1,
	.run = run,
};

static json_t *route_json(const struct route *route)
{
	return json_build(
		"{name:%s, provider:%s, base_url:%s, model:%s, key_env:%s}",
		route->name, route->provider, route->base_url, route->model,
		route->key_env);
}

static void show_routes(
	struct output *output, const struct profile *profile, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->route_count; i++) {
		const struct route *route = &profile->routes[i];
		output_text(output, "%-11s%s · %s%s%s\n           %s\n",
			i ? "" : "routes", route->name, route->model,
			route->key_env ? " · " : "",
			route->key_env ? route->key_env : "", route->base_url);
		json_push(list, route_json(route));
	}
	json_put(document, "routes", list);
}

static void show_outputs(
	struct output *output, const struct profile *profile, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < profile->output_count; i++) {
		const struct profile_output *item = &profile->outputs[i];
		output_text(output, "%-11s%s (%s)\n", i ? "" : _("outputs"),
			item->path, item->template);
		json_push(list,
			json_build("{path:%s, template:%s}", item->path,
				item->template));
	}
	json_put(document, "outputs", list);
}

static void show_vars(
	struct output *output, const struct profile *profile, json_t *document)
{
	bool first = true;

	JSON_EACH_MEMBER(member, profile->vars) {
		SCOPED(buf) struct buf text = BUF(65536);
		settings_format_line(member.value, &text);
		output_text(output, "%-11s%s=%s\n", first ? _("vars") : "",
			member.name, buf_cstring(&text));
		first = false;
	}
	json_put(document, "vars",
		profile->vars ? json_incref(profile->vars) : json_new_object());
}

static void show_secrets(
	struct output *output, const struct opened *opened, json_t *document)
{
	struct secret_info info = { .name = NULL };
	json_t *list = json_new_list();

	while (opened_next_secret(opened, &info)) {
		output_text(output, "%-11s",
			json_array_size(list) ? "" : _("secrets"));
		output_text(output, _("%s, set %s\n"), info.name, info.at);
		json_push(list,
			json_build("{name:%s, at:%s}", info.name, info.at));
	}
	json_put(document, "secrets", list);
}

static void show_recipients(
	struct output *output, const struct opened *opened, json_t *document)
{
	json_t *list = json_new_list();

	for (size_t i = 0; i < opened_recipient_count(opened); i++) {
		struct recipient_info info;
		opened_recipient_info(opened, i, &info);
		output_text(output, "%-11s%s (%s)\n", i ? "" : _("recipients"),
			info.name, info.writer ? _("writer") : _("reader"));
		json_push(list,
			json_build("{name:%s, writer:%b}", info.name,
				info.writer));
	}
	json_put(document, "recipients", list);
}

static void show_head(struct output *output, const struct profile *profile,
	const struct opened *opened, json_t *document)
{
	output_text(output, "%-11s", _("profile"));
	output_text(output, _("%s, generation %lld\n"), profile->name,
		(long long)opened_generation(opened));
	output_text(output, "%-11s%s\n", _("account"), profile->account_id);
	output_text(output, "%-11s%s\n", _("gateway"), profile->gateway);
	if (profile->pm2.app)
		output_text(output, "%-11s%s\n", "pm2", profile->pm2.app);
	(void)json_object_update_new(document,
		json_build("{profile:%s, generation:%I, account_id:%s, "
			   "gateway:%s, pm2_app:%s}",
			profile->name, (json_int_t)opened_generation(opened),
			profile->account_id, profile->gateway,
			profile->pm2.app));
}

static enum status run(struct invocation *call, struct error *err)
{
	SCOPED(workspace)
	struct workspace workspace = WORKSPACE(session_options(call));
	const struct opened *opened = NULL;

	/* One named as an argument is as good as one by -p. */
	if (!workspace_read(&workspace,
		    call->argument_count ? call->arguments[0] : NULL, err))
		return err->status;
	json_t *document = json_new_object();
	opened = workspace.session.opened;
	show_head(call->output, &workspace.profile, opened, document);
	show_routes(call->output, &workspace.profile, document);
	show_outputs(call->output, &workspace.profile, document);
	show_vars(call->output, &workspace.profile, document);
	show_secrets(call->output, opened, document);
	show_recipients(call->output, opened, document);
	output_json(call->output, document);
	return STATUS_OK;
}
