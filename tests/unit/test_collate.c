#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/collate.h"

/* Letters in the order of the Vietnamese alphabet (a ă â b c d đ e ê ... o ô ơ ... u ư), and one syllable in the order
 * of the tones in which dictionaries list them: level, hanging, asking, tumbling, sharp, heavy. */
static const char *const alphabet[] = { "an", "ăn", "ân", "ba", "da", "đa", "em", "êm",	 "lo", "nga",
					"o",  "ô",  "ơ",  "ta", "tư", "u",  "ư",  "vui", "xa", "y" };
static const char *const tones[] = { "ma", "mà", "mả", "mã", "má", "mạ" };

static void expect_order(const char *const *word, size_t count)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_collator *collator = kg_collator_new(KG_VIETNAMESE, arena);

	assert_non_null(collator);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++) {
			int order = kg_collator_compare(collator, word[i], word[j]);

			assert_int_equal((order > 0) - (order < 0), (i > j) - (i < j));
		}
	kg_arena_free(arena);
}

static void test_alphabet(void **state)
{
	(void)state;
	expect_order(alphabet, sizeof alphabet / sizeof *alphabet);
}

static void test_tones(void **state)
{
	(void)state;
	expect_order(tones, sizeof tones / sizeof *tones);
}

/* In English order đ stands with d; in Vietnamese behind all of d. */
static void test_languages_differ(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_collator *english = kg_collator_new(KG_ENGLISH, arena),
			   *vietnamese = kg_collator_new(KG_VIETNAMESE, arena);

	(void)state;
	assert_true(kg_collator_compare(english, "Đà Bắc", "Dương") < 0);
	assert_true(kg_collator_compare(vietnamese, "Đà Bắc", "Dương") > 0);
	kg_arena_free(arena);
}

/* NFC and NFD of one name are different bytes, so never equal. */
static void test_never_equal(void **state)
{
	struct kg_arena *arena = kg_arena_new(0);
	struct kg_collator *collator = kg_collator_new(KG_VIETNAMESE, arena);

	(void)state;
	assert_int_equal(kg_collator_compare(collator, "Hòa", "Hòa"), 0);
	assert_int_not_equal(kg_collator_compare(collator,
						 "Ho\xcc\x80"
						 "a",
						 "H\xc3\xb2"
						 "a"),
			     0);
	kg_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alphabet),
		cmocka_unit_test(test_tones),
		cmocka_unit_test(test_languages_differ),
		cmocka_unit_test(test_never_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
