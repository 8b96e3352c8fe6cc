/* SPDX-License-Identifier: MIT */
/* Whose keys and tokens are, and what is none. */
#include "support.h"

#include "base/attributes.h"
#include "base/json.h"

#include "../../support/shown_secrets.h"

#include <criterion/criterion.h>
#include <string.h>

/* ... and so is the key: one of a local server goes to nobody. */
Test(import, a_key_belongs_to_the_address_beside_it)
{
	assert_answers("CF_AIG_BASE_URL=" ROOT "/openai\n"
		       "OPENAI_BASE_URL=http://localhost:11434/v1\n"
		       "OPENAI_API_KEY=ollama-key\nDEEPSEEK_API_KEY=d\n"
		       "CF_AIG_TOKEN=t\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\",\"DEEPSEEK_API_KEY\":"
		"\"d\",\"OPENAI_API_KEY\":\"ollama-key\"},"
		"\"vars\":{\"OPENAI_BASE_URL\":"
		"\"http://localhost:11434/v1\"}}");
}

Test(import, a_key_of_another_provider_is_left)
{
	static const char text[] = "CF_AIG_BASE_URL=" ROOT "/anthropic\n"
				   "CF_AIG_TOKEN=t\nANTHROPIC_MODEL=m\n"
				   "ANTHROPIC_API_KEY=sk-proj-0123456789ab\n";

	assert_answers(text,
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"model\":\"m\",\"model_env\":"
		"\"ANTHROPIC_MODEL\",\"provider\":\"anthropic\"}],"
		"\"secrets\":{\"CF_AIG_TOKEN\":\"t\"},\"vars\":{}}");
}

Test(import, no_note_has_a_value)
{
	struct imported imported = imported_from(
		"CF_AIG_BASE_URL=" ROOT "/openai\nCF_AIG_TOKEN=hunter2\n"
		"OPENAI_API_KEY=hunter2\nOPENAI_MODEL=hunter2\nA=hunter2\n"
		"B=${hunter2}\nC-D=hunter2\n"
		"CF_AIG_BASE_URL_Q=https://u:hunter2@h/?k=hunter2\n");

	for (size_t i = 0; i < imported.note_count; i++)
		cr_assert_null(strstr(imported.notes[i].text, "hunter2"), "%s",
			imported.notes[i].text);
	imported_release(&imported);
}

Test(import, an_address_with_its_key_is_a_route_under_any_name)
{
	assert_answers("OPENAI_BASE_URL=" ROOT "/openai\n"
		       "OPENAI_API_KEY=a\n"
		       "ANTHROPIC_BASE_URL=" ROOT "/anthropic\n"
		       "ANTHROPIC_API_KEY=b\n"
		       "CF_AIG_TOKEN=d\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"},"
		"{\"provider\":\"anthropic\"}],"
		"\"secrets\":{\"ANTHROPIC_API_KEY\":\"b\",\"CF_AIG_TOKEN\":"
		"\"d\",\"OPENAI_API_KEY\":\"a\"},"
		"\"vars\":{\"ANTHROPIC_BASE_URL\":\"" ROOT "/anthropic\","
		"\"OPENAI_BASE_URL\":\"" ROOT "/openai\"}}");
}

Test(import, a_key_is_known_by_its_form_under_a_name_of_ones_own)
{
	assert_notes("BOX_BASEURL=" ROOT "/openai\n"
		     "BOX_KEY_MAIN=sk-proj-0123456789abcdefghij\n"
		     "CF_AIG_TOKEN=d\n",
		"took BOX_BASEURL\ntook BOX_KEY_MAIN\nmissing "
		"routes[0].model\ntook CF_AIG_TOKEN\ntook BOX_BASEURL\n");
}

Test(import, a_token_is_known_by_its_form_beside_the_gateways_address)
{
	assert_notes("R2_API_TOKEN=cfut_0123456789abcdefghij\n"
		     "UP_BASE_URL=" ROOT "/openai\n"
		     "UP_API_TOKEN=cfut_abcdefghij0123456789\n"
		     "OPENAI_API_KEY=b\nOPENAI_MODEL=m\n",
		"took UP_BASE_URL\ntook OPENAI_API_KEY\ntook OPENAI_MODEL\n"
		"took UP_API_TOKEN\ntook R2_API_TOKEN\ntook UP_BASE_URL\n");
}

Test(import, words_and_references_are_no_secrets)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=seu_token_com_permissao_run\n"
		     "OPENAI_API_KEY=op://Dev/OpenAI/key\n"
		     "OPENAI_MODEL=m\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\ntook "
		"CF_AIG_BASE_URL\nmissing secrets.OPENAI_API_KEY\ntook "
		"OPENAI_MODEL\nmissing secrets.CF_AIG_TOKEN\n");
}

Test(import, a_key_of_another_provider_is_not_this_ones)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/deepseek\n"
		     "DEEPSEEK_API_KEY=sk-ant-0123456789\n"
		     "CF_AIG_TOKEN=t\n",
		"took CF_AIG_BASE_URL\nleft DEEPSEEK_API_KEY\n"
		"missing secrets.DEEPSEEK_API_KEY\n"
		"missing routes[0].model\ntook CF_AIG_TOKEN\n");
}

Test(import, the_gateways_token_is_no_key)
{
	assert_notes("AI_API_URL=" ROOT "/compat/chat/completions\n"
		     "AI_API_KEY=cfut_0123456789abcdefghijklmnopqrstuvwxyz\n"
		     "AI_MODEL=workers-ai/@cf/acme/small\n",
		"took AI_API_URL\nmissing secrets.COMPAT_API_KEY\ntook "
		"AI_MODEL\ntook AI_API_KEY\ntook AI_API_URL\n");
}

/* Names and forms of other tools, seen in public files. */
Test(import, a_header_in_a_variable_is_the_token_in_it)
{
	const char *const headers[] = {
		"CUSTOM_HEADERS=\"cf-aig-authorization: Bearer "
		"cfut_0123456789\"",
		"CF_AIG_AUTHORIZATION=\"Bearer cfut_0123456789\"",
		"CUSTOM_HEADERS=\"cf-aig-skip-cache: "
		"true\ncf-aig-authorization: Bearer cfut_0123456789\"",
	};

	for (size_t i = 0; i < ARRAY_SIZE(headers); i++) {
		SCOPED(buf) struct buf text = BUF(1024);

		buf_printf(&text,
			"ANTHROPIC_BASE_URL=" ROOT "/anthropic\n"
			"ANTHROPIC_API_KEY=sk-ant-1\n%s\n",
			headers[i]);
		struct imported imported = imported_from(buf_cstring(&text));
		show_secrets(imported.answers, &imported.secrets);
		cr_expect_str_eq(
			json_text(json_object_get(imported.answers, "secrets"),
				"CF_AIG_TOKEN"),
			"cfut_0123456789", "%s", headers[i]);
		imported_release(&imported);
	}
}

Test(import, the_token_of_a_gateway_that_is_not_cloudflares_stays_its_own)
{
	assert_answers("AI_GATEWAY_URL=http://ai-gateway:8080\n"
		       "AI_GATEWAY_TOKEN=local-service-token-x1\n",
		"{\"secrets\":{\"AI_GATEWAY_TOKEN\":\"local-service-token-x1\"}"
		","
		"\"vars\":{\"AI_GATEWAY_URL\":\"http://ai-gateway:8080\"}}");
}

Test(import, a_random_token_of_a_gateway_of_ones_own_stays_its_own)
{
	assert_answers("CF_AIG_URL=" ROOT "/anthropic\n"
		       "GATEWAY_TOKEN=7c1f0b9a7c1f0b9a7c1f0b9a7c1f0b9a\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"anthropic\"}],\"secrets\":{"
		"\"GATEWAY_TOKEN\":\"7c1f0b9a7c1f0b9a7c1f0b9a7c1f0b9a\"},"
		"\"vars\":{\"CF_AIG_URL\":\"" ROOT "/anthropic\"}}");
}

/* A token in JSON is the token, and no plain variable. */
Test(import, headers_as_json_are_secret)
{
	assert_answers("A_BASE_URL=" ROOT "/openai\n"
		       "A_HEADERS={\"cf-aig-authorization\":\"Bearer "
		       "cfut_0123456789abcdef\"}\n"
		       "B_HEADERS={\"x-api-key\":\"0123456789abcdef\"}\n",
		"{\"account_id\":\"" ACCOUNT "\",\"gateway\":\"gw\","
		"\"routes\":[{\"provider\":\"openai\"}],"
		"\"secrets\":{\"B_HEADERS\":"
		"\"{\\\"x-api-key\\\":\\\"0123456789abcdef\\\"}\","
		"\"CF_AIG_TOKEN\":\"cfut_0123456789abcdef\"},"
		"\"vars\":{\"A_BASE_URL\":\"" ROOT "/openai\"}}");
}

Test(import, json_of_several_lines_is_no_placeholder)
{
	assert_notes("GOOGLE_CREDENTIALS='{\n  \"type\": \"service\",\n"
		     "  \"private_key\": \"x\"\n}'\n"
		     "CF_AIG_TOKEN=vault:secret/data/aig#token\n"
		     "OPENAI_API_KEY=encrypted:BDqDBibm4wsYqMpCjTQ6Bsx\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\n"
		"missing account_id\nmissing gateway\nmissing routes\n"
		"missing secrets.CF_AIG_TOKEN\ntook GOOGLE_CREDENTIALS\n");
}

Test(import, a_mask_and_a_word_are_no_secret)
{
	assert_notes("CF_AIG_BASE_URL=" ROOT "/openai\n"
		     "CF_AIG_TOKEN=REDACTED\nOPENAI_API_KEY=dummy\n"
		     "OPENAI_MODEL=m\n",
		"left CF_AIG_TOKEN\nleft OPENAI_API_KEY\ntook "
		"CF_AIG_BASE_URL\nmissing secrets.OPENAI_API_KEY\ntook "
		"OPENAI_MODEL\nmissing secrets.CF_AIG_TOKEN\n");
}
