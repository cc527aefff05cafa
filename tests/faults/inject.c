/* A library for LD_PRELOAD: the call number KENG_FAULT_AT of one kind (KENG_FAULT=malloc or write) fails, once.
 * It shows that every allocation and every write of keng may fail without a crash or a torn file. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long calls;

static int is_its_turn(const char *kind)
{
	const char *wanted = getenv("KENG_FAULT"), *at = getenv("KENG_FAULT_AT");

	return wanted && at && strcmp(wanted, kind) == 0 && atomic_fetch_add(&calls, 1) + 1 == atol(at);
}

/* OpenMP's runtime ends the process itself when it has no memory, and jansson's reader reports a lack of memory as a
 * syntax error: nothing that keng could answer for. */
static int is_answerable(void *caller)
{
	Dl_info from;

	return dladdr(caller, &from) && from.dli_fname && !strstr(from.dli_fname, "libgomp") && !strstr(from.dli_fname, "libjansson") &&
	       !strstr(from.dli_fname, "ld-linux");
}

void *malloc(size_t size)
{
	static void *(*next)(size_t);

	if (!next)
		next = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
	return is_answerable(__builtin_return_address(0)) && is_its_turn("malloc") ? NULL : next(size);
}

ssize_t write(int descriptor, const void *bytes, size_t count)
{
	static ssize_t (*next)(int, const void *, size_t);

	if (!next)
		next = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
	if (descriptor != STDERR_FILENO && is_its_turn("write")) {
		errno = ENOSPC;
		return -1;
	}
	return next(descriptor, bytes, count);
}
