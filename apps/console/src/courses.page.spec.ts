import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  goTo,
  openBrowser,
  openDesk,
  openPageCity,
  openPhone,
  type PageCity,
  settled,
  type TestMember,
  type WatchedPage,
  wordsOf,
} from '@timebank/testing';
import { crushedText, faultsOf } from '@timebank/testing/screens';
import type { Browser, Page } from 'playwright-core';

const desk = wordsOf('apps/console/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');
const phone = wordsOf('apps/web/src/locales/zh-Hans.json', 'libs/contract/locales/zh-Hans.json');

describe('a course, at the desk and on the phone', () => {
  let city: PageCity;
  let browser: Browser;
  let office: WatchedPage;
  let learner: WatchedPage;
  let other: TestMember;
  beforeAll(async () => {
    city = await openPageCity();
    other = await city.app.register(city.coordinator.caller, city.bankId, 'volunteer');
    browser = await openBrowser();
    office = await openDesk(browser, city.origin, city.coordinator);
    learner = await openPhone(browser, city.origin, city.volunteer, { at: '/courses' });
  });
  afterAll(async () => {
    await browser.close();
    await city.app.close();
  });

  const looksRight = async (page: Page) => {
    await settled(page);
    expect([...(await faultsOf(page)), ...(await crushedText(page))]).toEqual([]);
  };
  const states = async () =>
    (await city.app.database.query<{ state: string }>('select state from course_place order by ticket')).map(({ state }) => state);

  it('is laid, signed up for, drawn, attended and closed; whoever passed has the qualification', async () => {
    const { page } = office;
    await goTo(page, '/console/courses/new');
    await page.locator('[name="title"]').fill('First aid');
    await page.locator('[name="place"]').fill('Hall');
    await page.locator('[name="places"]').fill('1');
    await page.locator('[name="qualification"]').selectOption('first_aid');
    await looksRight(page);
    await page.getByRole('button', { name: desk('courses.lay'), exact: true }).click();
    await page.waitForURL(/courses\/[0-9a-f-]{36}$/);
    const courseId = page.url().split('/').at(-1) as string;

    await goTo(learner.page, '/courses');
    await learner.page.getByRole('button', { name: phone('courses.signUp') }).click();
    await learner.page.getByRole('button', { name: phone('courses.withdraw') }).waitFor();
    await looksRight(learner.page);
    const places = `/api/banks/${city.bankId}/courses/${courseId}/places`;
    await city.coordinator.caller.put(`${places}/${other.memberId}`).expect(201);
    expect(await states()).toEqual(['signed_up', 'signed_up']);

    const { body: course } = await city.coordinator.caller.get(`/api/banks/${city.bankId}/courses/${courseId}`).expect(200);
    city.app.clock.set(new Date(course.closesAt));
    await goTo(page, `/console/courses/${courseId}`);
    await page.getByRole('button', { name: desk('courses.draw'), exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: desk('courses.drawYes') })
      .click();
    await page.getByText(desk('courseStates.drawn')).first().waitFor();
    expect((await states()).toSorted()).toEqual(['placed', 'waiting']);

    // The other one gives the place back, if they drew it: whoever waits moves up.
    await city.coordinator.caller.delete(`${places}/${other.memberId}`).expect(200);
    const [{ sessionId, startsAt, endsAt }] = course.sessions;
    city.app.clock.set(new Date(startsAt));
    const attended = `/api/banks/${city.bankId}/courses/${courseId}/sessions/${sessionId}/attendance/${city.volunteer.memberId}`;
    await city.volunteer.caller.put(attended, {}).expect(403);
    await goTo(page, `/console/courses/${courseId}`);
    await page.getByRole('button', { name: desk('courses.writeDownOf', { name: `volunteer ${city.volunteer.phone}` }) }).click();
    await page.getByLabel(desk('courses.wasThere')).waitFor();
    await looksRight(page);
    await page.getByRole('button', { name: desk('courses.takeBackOf', { name: `volunteer ${city.volunteer.phone}` }) }).click();
    await page.locator('[name="backNote"]').fill('It was somebody else');
    await page
      .getByRole('dialog')
      .getByRole('button', { name: desk('courses.takeBack'), exact: true })
      .click();
    await page.getByRole('button', { name: desk('courses.writeDownOf', { name: `volunteer ${city.volunteer.phone}` }) }).click();
    await page.getByLabel(desk('courses.wasThere')).waitFor();
    await page.getByRole('link', { name: desk('courses.edit') }).click();
    await page.locator('[name="place"]').fill('Garden');
    await looksRight(page);
    await page.locator('form [type="submit"]').click();
    await page.getByText('Garden', { exact: true }).waitFor();
    city.app.clock.set(new Date(endsAt));
    await goTo(page, `/console/courses/${courseId}`);
    await page.getByRole('button', { name: desk('courses.close'), exact: true }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: desk('courses.closeYes') })
      .click();
    await page.getByText(desk('courseStates.closed')).first().waitFor();
    const granted = await city.app.database.query('select member_id, code from qualification');
    expect(granted).toEqual([{ member_id: city.volunteer.memberId, code: 'first_aid' }]);

    await goTo(learner.page, '/courses');
    await learner.page.getByRole('heading', { name: phone('courses.over') }).waitFor();
    await looksRight(learner.page);
    await goTo(page, '/console/courses');
    await page.getByRole('link', { name: 'First aid' }).waitFor();
    await looksRight(page);
    expect([office.complaints, learner.complaints]).toEqual([[], []]);
  });
});
