// `element`, `watch`: given by Gradio. The marks in an answer lead to the cards; a new answer comes into view.
element.addEventListener("click", (event) => {
	const mark = event.target.closest("a.mark");
	const card = mark && document.getElementById(mark.getAttribute("href").slice(1));
	if (!card) return;
	event.preventDefault();
	card.scrollIntoView({ block: "nearest" });
	card.focus({ preventScroll: true });
});

watch("value", () => {
	const conversation = element.querySelector(".conversation");
	const turn = conversation?.lastElementChild;
	document.querySelector(".quotes")?.scrollTo(0, 0);
	if (!turn) return;
	if (getComputedStyle(conversation).overflowY === "auto") {
		conversation.scrollTop = turn.offsetTop - conversation.offsetTop;
	} else {
		turn.scrollIntoView({ block: "start" });
	}
});
