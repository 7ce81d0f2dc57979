/** @file How one asks who answers a question. */

import { saysChat } from '../../views/talk/where.ts';
import { eitherWordings, wordings } from '../../wordings.ts';

const ofSpeeches = wordings({
  en: [
    ['plain', 'In {where}, {speaker} asks: “{quote}” Who replies?'],
    ['researcher', 'I am noting who responds to whom in {where}. Who replied when {speaker} asked “{quote}”'],
    ['customer', 'I remember that {speaker} asks “{quote}” in {where}, but not who answers. Who is it?'],
    ['lawyer', 'State who replies when {speaker} asks “{quote}” in {where}.'],
    ['analyst', 'Find the place in {where} where {speaker} asks “{quote}” and tell me who answers.'],
    ['student', 'In {where}, who answers the question “{quote}” that {speaker} asks?'],
    ['editor', 'We quote {speaker} from {where}: “{quote}” Whose answer comes next?'],
    ['colleague', 'Who was it that answered when {speaker} asked “{quote}” in {where}?'],
  ],
  zh: [
    ['plain', '在{where}中，{speaker}问道：“{quote}”接话的是谁？'],
    ['researcher', '我在记录{where}中谁回应谁。{speaker}问“{quote}”之后，是谁回应的？'],
    ['customer', '我记得{speaker}在{where}里问过“{quote}”，可忘了是谁答的，是哪一位？'],
    ['lawyer', '请写明{speaker}在{where}中提出“{quote}”这一问题后，由谁作答。'],
    ['analyst', '请在{where}中找到{speaker}问“{quote}”的地方，并指出是谁接的话。'],
    ['student', '{speaker}在{where}里问了“{quote}”，接下来是谁开口？'],
    ['editor', '稿中引了{where}里{speaker}的一句问话：“{quote}”答话人的名字漏了，是谁？'],
    ['colleague', '{where}里{speaker}问“{quote}”的时候，是谁回的？'],
  ],
});

const ofMessages = wordings({
  en: [
    ['plain', 'In {where}, {speaker} asks: “{quote}” Who replies?'],
    ['researcher', 'I am noting who responds to whom in {where}. Who replied when {speaker} asked “{quote}”'],
    ['customer', 'I remember that {speaker} asks “{quote}” in {where}, but not who answers. Who is it?'],
    ['lawyer', 'State who replied to this question of {speaker} in {where}: “{quote}”'],
    ['analyst', 'Find the message in {where} in which {speaker} asks “{quote}” and tell me who answers.'],
    ['student', 'Who answered {speaker}’s question “{quote}” in {where}?'],
    ['editor', 'We quote {speaker} from {where}: “{quote}” Who wrote the reply?'],
    ['colleague', 'Who was it that answered when {speaker} asked “{quote}” in {where}?'],
  ],
  zh: [
    ['plain', '在{where}中，{speaker}问道：“{quote}”是谁回的？'],
    ['researcher', '我在记录{where}中谁回应谁。{speaker}问“{quote}”之后，是谁回应的？'],
    ['customer', '我记得{speaker}在{where}里问过“{quote}”，可忘了是谁答的，是哪一位？'],
    ['lawyer', '请写明{speaker}在{where}中提出“{quote}”这一问题后，由谁回复。'],
    ['analyst', '请在{where}中找到{speaker}问“{quote}”的那条消息，并指出是谁回复的。'],
    ['student', '{speaker}在{where}里问了“{quote}”，接下来是谁发的消息？'],
    ['editor', '稿中引了{where}里{speaker}的一句问话：“{quote}”是谁回的这一条？'],
    ['colleague', '{where}里{speaker}问“{quote}”的时候，是谁回的？'],
  ],
});

export const asked = eitherWordings(ofSpeeches, ofMessages, saysChat);
