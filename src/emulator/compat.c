/* SPDX-License-Identifier: MIT */
#include "emulator/exchange.h"

#include "base/json.h"
#include "base/text.h"

#include <string.h>

/* compat names some providers otherwise than the path does. */
static struct provider_state *find_by_prefix(
	const struct settings *settings, const char *prefix, size_t size)
{
	if (text_is(prefix, size, "perplexity"))
		return settings_find(settings, "perplexity-ai", 13);
	return settings_find(settings, prefix, size);
}

/* compat's chat: the model says which provider is meant. */
static bool check_chat(struct exchange *exchange)
{
	const char *model;
	const char *slash;

	exchange->compat_body = request_object(exchange->request);
	model = json_text(exchange->compat_body, "model");
	slash = model ? strchr(model, '/') : NULL;
	if (!slash)
		return exchange_refuse(exchange, GATEWAY_BAD_FORMAT);
	exchange->provider = find_by_prefix(
		&exchange->emulator->settings, model, (size_t)(slash - model));
	exchange->model = slash + 1;
	if (!exchange->provider || !exchange->provider->enabled)
		return exchange_refuse(exchange, GATEWAY_INVALID_PROVIDER);
	return true;
}

/* GET compat/models: what can stand in `model`. */
static bool answer_models(struct exchange *exchange)
{
	const struct settings *settings = &exchange->emulator->settings;
	json_t *data = json_new_list();

	for (size_t i = 0; i < settings->provider_count; i++) {
		const struct provider_state *provider = &settings->providers[i];

		JSON_EACH(model, provider->models)
			json_push(data,
				json_build("{id:%o, object:'model'}",
					json_new_printf("%s/%s",
						provider->segment,
						json_string_value(
							model.value))));
	}
	answer_json(exchange->answer, 200,
		json_build("{object:'list', data:%o}", data));
	return false;
}

bool check_compat(struct exchange *exchange)
{
	if (!exchange_survives(exchange, FAULT_COMPAT))
		return false;
	if (text_equal(exchange->rest, "chat/completions"))
		return check_chat(exchange);
	if (text_equal(exchange->rest, "models"))
		return answer_models(exchange);
	return exchange_refuse(exchange, GATEWAY_INVALID_PROVIDER);
}
