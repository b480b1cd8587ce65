# Sourced by packaging/demo-city: who may sign in. Two groups that never mix: people who look at the city, whose
# one-time passwords nobody has used, and the staff that the script plays.
# shellcheck shell=bash disable=SC2154 # city, logins and staff are demo-city's

declare -A office_staff=([office-1]="李强 孙梅 何静" [office-2]="吴涛 郭敏 沈洁")

# json_text FIELD: the value of a text field in one line of JSON.
json_text() {
  sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"
}

# add_user FILE PLACE NAME ROLE: writes the one-time password into FILE. A start that was killed right here has left the
# account without its password; it gets a new one.
add_user() {
  local program password said=$city/log/user.log
  program=$(program_of "$2")
  password=$("$program" user add --dir "$city/$2" --name "$3" --role "$4" --json 2>"$said" | json_text password) ||
    password=$("$program" user reset --dir "$city/$2" --name "$3" --json 2>>"$said" | json_text password) ||
    stop 1 "$2 gave $3 no account: $(cat "$said")"
  printf '%-10s %-8s %-12s %s\n' "$2" "$3" "$4" "$password" >>"$1"
}

add_central_users() {
  once central-user-1 add_user "$logins" central 赵敏 operator
  once central-user-2 add_user "$logins" central 林岚 supervisor
  once central-staff-1 add_user "$staff" central 周宁 operator
  once central-staff-2 add_user "$staff" central 许诺 supervisor
}

add_office_users() { # OFFICE
  local names
  read -r -a names <<<"${office_staff[$1]}"
  once "$1-user-1" add_user "$logins" "$1" 王芳 clerk
  once "$1-user-2" add_user "$logins" "$1" 陈立 supervisor
  once "$1-staff-1" add_user "$staff" "$1" "${names[0]}" clerk
  once "$1-staff-2" add_user "$staff" "$1" "${names[1]}" clerk
  once "$1-staff-3" add_user "$staff" "$1" "${names[2]}" supervisor
}
