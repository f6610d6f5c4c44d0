/** Whether an attendance `a` stands: it was not taken back, or somebody wrote it down again. */
export const stands = `coalesce((select n.stands from course_attendance_change n where n.bank_id = a.bank_id and n.session_id = a.session_id
  and n.member_id = a.member_id order by n.change_number desc limit 1), true)`;
