#include "plots/sandbox.h"

#include <fcntl.h>
#include <link.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights of the first Landlock version (Linux 5.13): every later kernel knows them. */
static const uint64_t writing = LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
				LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
				LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
				LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
				LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

/* The loader that started this program also starts the child. */
static int find_loader(struct dl_phdr_info *object, size_t size, void *loader)
{
	(void)size;
	for (size_t i = 0; i < object->dlpi_phnum; i++)
		if (object->dlpi_phdr[i].p_type == PT_INTERP)
			*(const char **)loader = (const char *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
	return 1; /* the first object is the program itself */
}

static int allow(int rules, const char *path, uint64_t access)
{
	struct landlock_path_beneath_attr rule = { .allowed_access = access };
	long result;

	rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return -1;
	result = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
	close(rule.parent_fd);
	return (int)result;
}

int kg_sandbox_new(const char *program, const char *folder, const char *scratch)
{
	struct landlock_ruleset_attr attributes = { .handled_access_fs = LANDLOCK_ACCESS_FS_EXECUTE | writing };
	int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
	const char *loader = NULL;

	if (rules < 0)
		return -1;
	dl_iterate_phdr(find_loader, &loader);
	if (!loader || allow(rules, loader, LANDLOCK_ACCESS_FS_EXECUTE) != 0 ||
	    allow(rules, program, LANDLOCK_ACCESS_FS_EXECUTE) != 0 || allow(rules, folder, writing) != 0 ||
	    (scratch && allow(rules, scratch, writing) != 0) ||
	    allow(rules, "/dev/null", LANDLOCK_ACCESS_FS_WRITE_FILE) != 0) {
		close(rules);
		return -1;
	}
	return rules;
}

int kg_sandbox_enter(int sandbox)
{
	if (sandbox < 0)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return -1;
	return (int)syscall(SYS_landlock_restrict_self, sandbox, 0);
}
