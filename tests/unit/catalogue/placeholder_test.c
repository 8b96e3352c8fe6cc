/* SPDX-License-Identifier: MIT */
#include "catalogue/placeholder.h"

#include "base/attributes.h"

#include <criterion/criterion.h>
#include <string.h>

Test(placeholder, words_of_documentation_are_no_values)
{
	static const char *const words[] = { "<ACCOUNT>", "<PROVIDER_API_KEY>",
		"{account_id}", "{{ACCOUNT}}", "${CF_AIG_TOKEN}",
		"$CF_AIG_TOKEN", "YOUR_API_KEY", "your-api-key", "your_token",
		"YOUR-GATEWAY", "API_KEY", "ACCOUNT_ID", "account_id",
		"CF_AIG_TOKEN", "OPENAI_API_KEY", "xxx", "XXXXXXXX",
		"xxxx-xxxx", "sk-xxxx", "sk-...", "sk-", "...", "sk-abc...",
		"sk-\xe2\x80\xa6", "changeme", "change-me", "CHANGE_ME",
		"replace_me", "TODO", "sk-<your key>", "%CF_AIG_TOKEN%",
		"[token]", "****", "sk-your-key", "cfut_xxxxxxxx",
		"GATEWAY_NAME", "ACCOUNT", "gateway_id", ":account",
		"os.environ/CF_AIG_TOKEN", "os.environ['CF_AIG_TOKEN']",
		"process.env.CF_AIG_TOKEN", "import.meta.env.VITE_TOKEN",
		"ENV['CF_AIG_TOKEN']", "os.getenv('CF_AIG_TOKEN')" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		cr_assert(placeholder_is(words[i], strlen(words[i])), "%s",
			words[i]);
}

Test(placeholder, a_name_may_be_a_word_that_stands_for_a_key)
{
	static const char *const words[] = { "sk", "key", "token", "bearer" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		cr_assert(placeholder_is(words[i], strlen(words[i])));
		cr_assert_not(placeholder_is_name(words[i], strlen(words[i])));
	}
	cr_assert(placeholder_is_name("your-gateway", 12));
	cr_assert(placeholder_is_name("gateway_id", 10));
}

Test(placeholder, plain_values_are_values)
{
	static const char *const values[] = { "", "my-gateway", "default",
		"sk-test-123", "sk-0123456789abcdef", "cfut_abc123",
		"0123456789abcdef0123456789abcdef", "test-token", "gpt-5-mini",
		"mimo-v2.5", "tp-abc", "harbor", "a", "0", "secret-value-1",
		"bce-v3/ALTAK-abc/def", "key:secret", "AKIAIOSFODNN7EXAMPLE",
		"gateway", "prod", "token-1", "example-key-1234", "a$b{c}d",
		"sk-proj-AbC_dEf-123", "yourself" };

	for (size_t i = 0; i < ARRAY_SIZE(values); i++)
		cr_assert_not(placeholder_is(values[i], strlen(values[i])),
			"%s", values[i]);
}
