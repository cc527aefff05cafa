#include <unistd.h>

#include "base/file.h"
#include "notebook/action.h"

static const char starter[] =
    "---\n"
    "title: A title that says the finding\n"
    "keng: 1\n"
    "lang: en\n"
    "# Values that commands use as {{name}}; 'keng notebook run --param from=2015' changes one.\n"
    "params: {from: \"2010\"}\n"
    "# Names that stand for files; nothing else is read.\n"
    "data: {population: population.csv}\n"
    "---\n"
    "\n"
    "Write prose as usual. A block of commands has an id; its results are put below it by 'keng notebook run'.\n"
    "\n"
    "```keng #growth\n"
    "growth population --time year --value population --where \"year >= {{from}}\"\n"
    "plot line population --x year --y population\n"
    "```\n"
    "\n"
    "Numbers in the text are values of a block, never typed: the first growth rate is taken from\n"
    "the first of <!-- keng:= growth.nrow -->0<!-- keng:. --> rows above. `keng notebook check` tells what is stale.\n"
    "\n"
    "```keng-claim #there-is-a-result\n"
    "A sentence that must stay true when the data changes.\n"
    "growth.nrow > 0\n"
    "```\n";

static enum kg_status write_new(const struct kg_action_options *options, const struct kg_names *file,
				struct kg_arena *arena, struct kg_buffer *report, struct kg_error *error)
{
	(void)options, (void)arena;
	for (size_t i = 0; i < file->count; i++) {
		if (access(file->name[i], F_OK) == 0)
			return kg_error_set(error, KG_EUSAGE, "'%s' is there already; choose another name",
					    file->name[i]);
		KG_TRY(kg_file_write(file->name[i], starter, sizeof starter - 1, error));
		kg_buffer_printf(report, "%s\n", file->name[i]);
	}
	return KG_OK;
}

const struct kg_action kg_action_new = { "new", "FILE.md", "writes a commented notebook to start from",
					 NULL,	0,	   write_new };
