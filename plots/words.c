#include "plots/words.h"

static const char *const text[KG_WORD_COUNT][2] = {
#define KG_WORD(name, english, vietnamese) [KG_WORD_##name] = { english, vietnamese },
#include "plots/words.def"
#undef KG_WORD
};

const char *kg_word(enum kg_word word, enum kg_language language)
{
	return text[word][language == KG_VIETNAMESE];
}
