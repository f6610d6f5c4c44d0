import { z } from 'zod';
import * as access from '../access/access.messages';
import { qualificationCode } from '../members/members.messages';
import type { RouteName } from '../paths';
import { empty, page } from '../primitives';
import type { Shape } from '../shape';
import * as courses from './courses.messages';
import * as qualifications from './qualifications.messages';

/** A course with all its sessions and a note, as a script may write it: each character escaped. */
const largestBody = { bytes: 65_536, values: 1_024 };

/** What volunteers learn, and what they may do by it. */
export const trainingShapes = {
  listQualificationKinds: {
    query: z.strictObject(page),
    answer: qualifications.qualificationKinds,
    summary: 'The kinds of qualification of the city',
  },
  putQualificationKind: {
    params: { code: qualificationCode },
    body: qualifications.qualificationKindInput,
    answer: qualifications.qualificationKind,
    kind: 'put',
    summary: 'Lay down a kind of qualification, or change it',
  },
  listQualified: {
    query: qualifications.qualifiedQuery,
    answer: qualifications.qualified,
    summary: 'Whose qualification ends between two days',
  },
  listExtensions: {
    query: qualifications.extensionQuery,
    answer: qualifications.extensions,
    summary: 'What lasts longer by one act, the newest first',
  },
  putExtension: {
    body: qualifications.extensionInput,
    answer: qualifications.extension,
    kind: 'put',
    summary: 'Let many qualifications last longer',
  },
  undoExtension: { answer: qualifications.extension, summary: 'Undo what let many qualifications last longer' },
  listMentors: { query: z.strictObject(page), answer: qualifications.mentors, summary: 'Who goes along with newcomers' },
  putMentor: {
    body: empty.optional(),
    answer: qualifications.mentor,
    kind: 'put',
    summary: 'Name a volunteer who goes along with newcomers',
  },
  deleteMentor: { answer: access.done, summary: 'Name a volunteer no longer' },
  myQualifications: { answer: qualifications.ownQualifications, summary: 'What I am qualified for, and until when' },
  myCourses: { answer: courses.ownCourses, summary: 'Courses that I can learn or teach at' },
  listCourses: { query: courses.courseQuery, answer: courses.courses, summary: 'Courses, the newest first' },
  putCourse: { body: courses.courseInput, largestBody, answer: courses.course, kind: 'put', summary: 'Lay down a course' },
  patchCourse: { body: courses.coursePatch, largestBody, answer: courses.course, summary: 'Change a course' },
  getCourse: { answer: courses.course, summary: 'A course' },
  putCoursePlace: { body: empty.optional(), answer: courses.coursePlace, kind: 'put', summary: 'Sign up for a course' },
  deleteCoursePlace: { answer: courses.coursePlace, summary: 'Withdraw from a course' },
  drawCourse: { body: empty.optional(), answer: courses.course, summary: 'Draw who gets a place' },
  takeBackAttendance: { body: courses.attendanceBackInput, answer: courses.course, summary: 'Take back that somebody was at a session' },
  putAttendance: { body: courses.attendanceInput.optional(), answer: courses.attendance, kind: 'put', summary: 'Say who was at a session' },
  closeCourse: {
    body: courses.courseCloseInput,
    largestBody,
    answer: courses.course,
    summary: 'Close a course: who passed is qualified, who taught is paid',
  },
  cancelCourse: { body: courses.courseCancelInput, answer: courses.course, summary: 'Call a course off' },
  listLosing: { query: courses.losingQuery, answer: courses.losing, summary: 'Visits that lose their helper because a qualification ends' },
} satisfies Partial<Record<RouteName, Shape>>;
