#include "sync/rules/rule_book.h"

#include "sync/rules/calendar_file.h"

namespace fieldnode::rules {

RuleBook built_in_rule_book() { return {Policy{}, Calendar(built_in_notices())}; }

}  // namespace fieldnode::rules
